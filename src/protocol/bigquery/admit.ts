import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ports } from '../../gateway/ports.ts'
import { Failure } from '../../model/failure.ts'
import type { Protocol } from '../../model/origin.ts'
import type { Principal } from '../../model/principal.ts'
import { bearerOf } from '../bearer.ts'
import { softwareFrom } from '../client-software.ts'
import type { BigQueryDesk, Caller } from './desk.ts'

/** Headers by which a request would be another than it seems, or somebody else's. */
const refusedHeaders = [
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'x-goog-api-key',
  'x-goog-authuser',
  'x-goog-iam-authorization-token',
  'x-goog-iam-authority-selector',
]
const maxPurposeLength = 500

/** Who sends a request, before its body is read: whoever has no token is not worth reading. */
export async function admit(request: FastifyRequest, reply: FastifyReply, { ports }: BigQueryDesk): Promise<Caller> {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  const { headers, ip } = request
  return callerOf({ headers, ip, signal: gone.signal, protocol: 'rest' }, ports)
}

type Arrival = {
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal
  readonly protocol: Protocol
}

/** The same for any door that speaks for BigQuery. */
export async function callerOf({ headers, ip, signal, protocol }: Arrival, ports: Ports): Promise<Caller> {
  const credential = { bearer: bearerOf(headers.authorization) }
  const principal: Principal = await ports.authenticate(credential)
  const refused = refusedHeaders.find(name => headers[name] !== undefined)
  if (refused !== undefined) throw new Failure('request_invalid', { detail: `The header ${refused} is not taken.` })

  const { software, traceparent } = softwareFrom(headers, ip)
  const purpose = headers['x-goog-request-reason']
  return {
    ...{ credential, principal, signal },
    client: { ...software, protocol, ...(traceparent === undefined ? {} : { traceparent }) },
    ...(typeof purpose === 'string' && purpose !== '' ? { purpose: purpose.slice(0, maxPurposeLength) } : {}),
  }
}

/** Google would bill a request to the project in this header; here the path alone says where a job runs. */
export function refuseOtherProject(header: unknown, path: Readonly<Record<string, string>>): void {
  if (header === undefined || path['project'] === undefined || header === path['project']) return
  throw new Failure('request_invalid', { detail: 'x-goog-user-project names another project than the path.' })
}
