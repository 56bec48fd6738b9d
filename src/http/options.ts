import { z } from 'zod'

const loopback = ['127.0.0.1', '::1', 'localhost']
const localNames = ['localhost', '127.0.0.1', '[::1]']

const tlsOptions = z.strictObject({
  certificatePath: z.string().min(1).describe('PEM file with the certificate chain.'),
  keyPath: z.string().min(1).describe('PEM file with the private key.'),
})

export const httpOptions = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
    port: z.int().min(0).max(65_535).default(8080).describe('Port for clients; 0 takes a free one.'),
    operationsHost: z.string().min(1).default('127.0.0.1').describe('Address of the port for operators.'),
    operationsPort: z.int().min(0).max(65_535).default(9464).describe('Port of `/metrics`; not for clients.'),
    publicUrl: z.url().optional().describe('How clients reach this gateway; by default the address it listens on.'),
    tls: tlsOptions.optional().describe('Certificate of this server.'),
    unsafePlainHttp: z
      .boolean()
      .default(false)
      .describe('Whether to listen beyond loopback without TLS, because something in front ends it.'),
    allowedHosts: z
      .array(z.string().min(1))
      .min(1)
      .default(localNames)
      .describe('Host names, without ports, that requests may be addressed to.'),
    allowedOrigins: z
      .array(z.string().min(1))
      .default(localNames)
      .describe('Host names of web pages that may send requests; clients that are no browsers send none.'),
    maxBodyBytes: z
      .int()
      .min(1_024)
      .max(64 * 1024 ** 2)
      .default(2 * 1024 ** 2)
      .describe('Largest request body.'),
    maxHeaderBytes: z.int().min(4_096).max(262_144).default(32_768).describe('Largest request head.'),
    requestTimeoutMs: z
      .int()
      .min(1_000)
      .max(600_000)
      .default(30_000)
      .describe('Longest time to receive a whole request.'),
    closeTimeoutMs: z.int().min(0).max(600_000).default(15_000).describe('Time that running requests get at shutdown.'),
  })
  .refine(({ host, tls, unsafePlainHttp }) => loopback.includes(host) || tls !== undefined || unsafePlainHttp, {
    path: ['tls'],
    error: 'is needed to listen beyond loopback (or unsafePlainHttp, where TLS is ended in front)',
  })
export type HttpOptions = Readonly<z.infer<typeof httpOptions>>
