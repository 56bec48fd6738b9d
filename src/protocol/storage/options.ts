import { z } from 'zod'

export const storageOptions = z.strictObject({
  port: z
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('Port of the Storage Read API (gRPC), on the address of `http.host`; where absent it is not served.'),
  maxRequestBytes: z.int().min(1_024).max(16_777_216).default(1_048_576).describe('Largest message of a client.'),
  maxStreams: z.int().min(1).max(10_000).default(100).describe('Calls that one connection may have open.'),
  messageBytes: z
    .int()
    .min(65_536)
    .max(67_108_864)
    .default(4_194_304)
    .describe('About how large the rows of one message become.'),
  sessionSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(21_600)
    .describe('How long clients are told that a read session lasts.'),
})
export type StorageOptions = Readonly<z.infer<typeof storageOptions>>
