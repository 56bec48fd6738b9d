import type { EventEmitter } from 'node:events'
import {
  type handleUnaryCall,
  Metadata,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type StatusObject,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { asFailure } from '../../model/failure.ts'
import { callerOf } from '../bigquery/admit.ts'
import { requestOf } from '../bigquery/desk.ts'
import type { StorageDesk } from './desk.ts'
import type { Method, WireAnswer } from './method.ts'
import { methods } from './methods.ts'
import { statusOfFailure, statusOfRefusal } from './status.ts'

type WireCall =
  | ServerUnaryCall<Buffer, Buffer>
  | ServerWritableStream<Buffer, Buffer>
  | ServerDuplexStream<Buffer, Buffer>
type Status = Pick<StatusObject, 'code' | 'details' | 'metadata'>

export type GrpcService = {
  readonly definition: ServiceDefinition
  readonly implementation: UntypedServiceImplementation
}

/** BigQuery's Storage API as a gRPC server takes it. */
export function storageService(desk: StorageDesk): GrpcService {
  return {
    definition: Object.fromEntries(methods.map(method => [method.path, wireDefinition(method)])),
    implementation: Object.fromEntries(methods.map(method => [method.path, handlerOf(method, desk)])),
  }
}

const asIs = (bytes: Buffer) => bytes

function wireDefinition({ path, streams }: Method): ServiceDefinition[string] {
  return {
    ...{ path, requestStream: streams.requests, responseStream: streams.answers },
    ...{ requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs },
  }
}

function handlerOf(method: Method, desk: StorageDesk): UntypedServiceImplementation[string] {
  if (!method.streams.answers) return unaryHandler(method, desk)
  return (call: ServerWritableStream<Buffer, Buffer>) => {
    const began = performance.now()
    void streamAnswer(method, call, desk).then(end => {
      desk.observe(method.action, end.code, performance.now() - began)
      if (end.code === status.OK) call.end(end.metadata)
      else call.emit('error', end)
    })
  }
}

function unaryHandler(method: Method, desk: StorageDesk): handleUnaryCall<Buffer, Buffer> {
  return (call, respond) => {
    const began = performance.now()
    void ended(method, desk, async () => {
      const answer = await answerOf(method, call, call.request, goneSignal(call), desk)
      if (answer.state === 'answered') respond(null, answer.bytes, metadataOf(answer))
      return statusOf(answer)
    }).then(end => {
      desk.observe(method.action, end.code, performance.now() - began)
      if (end.code !== status.OK) respond(end)
    })
  }
}

function streamAnswer(method: Method, call: ServerWritableStream<Buffer, Buffer>, desk: StorageDesk): Promise<Status> {
  const gone = goneSignal(call)
  return ended(method, desk, async () => {
    const answer = await answerOf(method, call, call.request, gone, desk)
    if (answer.state !== 'streamed') return statusOf(answer)
    for await (const part of answer.parts) if (!(await written(call, part, gone))) break
    return statusOf(answer)
  })
}

/** The one place where stops become answers. */
async function ended(method: Method, desk: StorageDesk, steps: () => Promise<Status>): Promise<Status> {
  try {
    return await steps()
  } catch (thrown) {
    const failure = asFailure(thrown)
    desk.report(failure, method.action)
    return withMetadata(statusOfFailure(failure))
  }
}

async function answerOf(
  method: Method,
  call: WireCall,
  bytes: Buffer | undefined,
  signal: AbortSignal,
  desk: StorageDesk,
): Promise<WireAnswer> {
  const headers = headersOf(call.metadata)
  const caller = await callerOf({ headers, ip: addressOf(call.getPeer()), signal, protocol: 'grpc' }, desk.ports)
  const { principal } = caller
  const userProject = headers['x-goog-user-project']
  const request = requestOf(caller, method.action)
  return method.call({ bytes: bytes ?? Buffer.alloc(0), userProject, request, principal, desk })
}

/** Metadata that comes twice is joined, so that no reader takes the first and another the last. */
function headersOf(metadata: Metadata): Readonly<Record<string, string>> {
  const names = Object.keys(metadata.getMap()).filter(name => !name.endsWith('-bin'))
  return Object.fromEntries(names.map(name => [name, metadata.get(name).join(', ')]))
}

function addressOf(peer: string): string {
  return peer.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}

function goneSignal(call: Pick<EventEmitter, 'once'>): AbortSignal {
  const gone = new AbortController()
  call.once('cancelled', () => gone.abort())
  return gone.signal
}

/** True once the client's side has room for more; false when the client is gone. */
function written(call: ServerWritableStream<Buffer, Buffer>, bytes: Buffer, gone: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    const onGone = () => resolve(false)
    if (gone.aborted) return onGone()
    gone.addEventListener('abort', onGone, { once: true })
    call.write(bytes, () => {
      gone.removeEventListener('abort', onGone)
      resolve(!gone.aborted)
    })
  })
}

function statusOf(answer: WireAnswer): Status {
  if (answer.state === 'answered' || answer.state === 'streamed') {
    return { code: status.OK, details: '', metadata: metadataOf(answer) }
  }
  return withMetadata(statusOfRefusal(answer), answer.decision.id)
}

function metadataOf({ decisionId }: { readonly decisionId?: string }): Metadata {
  const metadata = new Metadata()
  if (decisionId !== undefined) metadata.set('sluice-decision', decisionId)
  return metadata
}

function withMetadata(end: Omit<Status, 'metadata'>, decisionId?: string): Status {
  return { ...end, metadata: metadataOf(decisionId === undefined ? {} : { decisionId }) }
}
