import { type DescMessage, fromJson, type JsonValue, toBinary } from '@bufbuild/protobuf'
import { Client, credentials, Metadata, type StatusObject, status } from '@grpc/grpc-js'
import { type MessageName, messageNamed } from '../../src/protocol/storage/messages.ts'
import type { GrpcCase } from './cases.ts'
import type { Answer } from './judge.ts'

/** Messages that cases send; those of other methods are refused before they are read. */
const requests: Readonly<Record<string, MessageName>> = {
  CreateReadSession: 'CreateReadSessionRequest',
  ReadRows: 'ReadRowsRequest',
  SplitReadStream: 'SplitReadStreamRequest',
}
const timeoutMs = 20_000

/** Calls the Storage API exactly as the case has it. A read session says no format, so that Arrow is asked for as well. */
export async function callStorage(endpoint: string, token: string, { grpc, message }: GrpcCase): Promise<Answer> {
  const asWritten = await call(endpoint, token, grpc, message)
  const session = (message as { read_session?: object }).read_session
  if (session === undefined) return asWritten
  const asArrow = { parent: 'projects/acme-prod', ...message, read_session: { ...session, data_format: 'ARROW' } }
  const second = await call(endpoint, token, grpc, asArrow)
  const state = asWritten.state === 'answered' ? 'answered' : second.state
  return { state, visible: `${asWritten.visible}${second.visible}` }
}

function call(endpoint: string, token: string, method: string, message: object): Promise<Answer> {
  const client = new Client(endpoint, credentials.createInsecure())
  const metadata = new Metadata()
  metadata.set('authorization', `Bearer ${token}`)
  const asIs = (bytes: Buffer) => bytes
  const deadline = Date.now() + timeoutMs
  const stream = client.makeServerStreamRequest(`/${method}`, asIs, asIs, bytesOf(method, message), metadata, {
    deadline,
  })
  return new Promise(resolve => {
    let visible = ''
    stream.on('data', (bytes: Buffer) => {
      visible += bytes.toString('latin1')
    })
    stream.on('error', () => {})
    stream.on('status', ({ code, details, metadata: trailers }: StatusObject) => {
      client.close()
      const state = code === status.OK ? 'answered' : 'refused'
      resolve({ state, visible: `${visible}${details}${JSON.stringify(trailers.getMap())}` })
    })
  })
}

function bytesOf(method: string, message: object): Buffer {
  const name = requests[method.split('/')[1] ?? '']
  if (name === undefined) return Buffer.alloc(0)
  const definition: DescMessage = messageNamed(name)
  return Buffer.from(toBinary(definition, fromJson(definition, camelCased(message) as JsonValue)))
}

function camelCased(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(camelCased)
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camel(name), camelCased(inner)]))
}
