import {
  Metadata,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js'
import { validateHostHeader } from '@modelcontextprotocol/server'
import type { GrpcService } from '../protocol/storage/serve.ts'
import { certificateIn } from './open-app.ts'
import type { HttpOptions } from './options.ts'

export type GrpcLimits = { readonly port: number; readonly maxRequestBytes: number; readonly maxStreams: number }

export type GrpcListening = {
  /** `127.0.0.1:8081`, as clients take it. */
  readonly endpoint: string
  /** Takes no more calls, lets running ones end for `closeTimeoutMs`, then cuts them off. */
  readonly close: () => Promise<void>
}

const keepaliveMs = 60_000

/** Listens for gRPC on the address of the other doors, with their certificate and their names. */
export async function listenGrpc(http: HttpOptions, limits: GrpcLimits, service: GrpcService): Promise<GrpcListening> {
  const server = new Server({
    'grpc.max_receive_message_length': limits.maxRequestBytes,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': limits.maxStreams,
    'grpc.max_metadata_size': http.maxHeaderBytes,
    'grpc.keepalive_time_ms': keepaliveMs,
    interceptors: [refuseForeignHosts(http)],
  })
  server.addService(service.definition, service.implementation)
  const host = http.host.includes(':') ? `[${http.host}]` : http.host
  const port = await bind(server, `${host}:${limits.port}`, credentialsOf(http))
  return { endpoint: `${host}:${port}`, close: () => closeWithin(server, http.closeTimeoutMs) }
}

function bind(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error === null ? resolve(port) : reject(error)))
  })
}

function credentialsOf({ tls }: HttpOptions): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure()
  const { cert, key } = certificateIn(tls)
  return ServerCredentials.createSsl(null, [{ cert_chain: cert, private_key: key }])
}

/** As on the other port: a name that is not ours leads here by somebody else's doing. */
function refuseForeignHosts({ allowedHosts }: HttpOptions): ServerInterceptor {
  return (_, call) =>
    new ServerInterceptingCall(call, {
      start: next => {
        const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, deliver) => {
          if (validateHostHeader(call.getHost(), [...allowedHosts]).ok) return deliver(metadata)
          const details = 'The host of this request is not allowed.'
          call.sendStatus({ code: status.PERMISSION_DENIED, details, metadata: new Metadata() })
        })
        next(listener.build())
      },
    })
}

function closeWithin(server: Server, timeoutMs: number): Promise<void> {
  return new Promise(resolve => {
    const cutOff = setTimeout(() => server.forceShutdown(), timeoutMs)
    server.tryShutdown(() => {
      clearTimeout(cutOff)
      resolve()
    })
  })
}
