import { create, type DescMessage, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { Client, credentials, Metadata, type ServiceError, type StatusObject } from '@grpc/grpc-js'
import type { FastifyInstance } from 'fastify'
import { type GrpcListening, listenGrpc } from '../../src/http/listen-grpc.ts'
import { httpOptions } from '../../src/http/options.ts'
import { type JobBook, openJobBook } from '../../src/protocol/bigquery/job-book.ts'
import { mountBigQuery } from '../../src/protocol/bigquery/mount.ts'
import { bigqueryOptions } from '../../src/protocol/bigquery/options.ts'
import { type MessageName, messageNamed } from '../../src/protocol/storage/messages.ts'
import { storageOptions } from '../../src/protocol/storage/options.ts'
import { storageService } from '../../src/protocol/storage/serve.ts'
import { openStreamNames } from '../../src/protocol/storage/stream-names.ts'
import { type DoorParts, type DoorScript, type DoorWorld, openDoorWorld } from './door-world.ts'

const nameKey = 'k'.repeat(32)

export type StorageWorld = DoorWorld & { readonly endpoint: string; readonly statuses: [string, number][] }

/** BigQuery's two doors, which share their jobs, over ports that follow a script. */
export async function openStorageWorld(script: DoorScript = {}): Promise<StorageWorld> {
  const jobs = openJobBook(100)
  const statuses: [string, number][] = []
  let listening: Promise<GrpcListening> | undefined
  const world = await openDoorWorld(script, (app, publicUrl, parts) => {
    listening = listenForStorage(parts, jobs, statuses)
    mountRest(app, publicUrl, parts, jobs)
  })
  const storage = await listening
  return {
    ...{ ...world, statuses, endpoint: storage?.endpoint ?? '' },
    close: async () => {
      await storage?.close()
      await world.close()
    },
  }
}

function listenForStorage({ ports, report }: DoorParts, jobs: JobBook, statuses: StorageWorld['statuses']) {
  const options = storageOptions.parse({ port: 0 })
  const observe = (action: string, status: number) => void statuses.push([action, status])
  const streamNames = openStreamNames(nameKey)
  const http = httpOptions.parse({ closeTimeoutMs: 200 })
  const service = storageService({ ports, jobs, report, options, observe, streamNames })
  return listenGrpc(http, { ...options, port: 0 }, service)
}

function mountRest(app: FastifyInstance, publicUrl: () => URL, { ports, report }: DoorParts, jobs: JobBook): void {
  mountBigQuery(app, publicUrl, { ports, report, jobs, nameKey, options: bigqueryOptions.parse({}) })
}

export type Ended = { readonly code: number; readonly details: string; readonly decisionId: string }
export type Called = { readonly messages: readonly Record<string, unknown>[]; readonly ended: Ended }

export type StorageClient = {
  /** Bytes are sent as they are. */
  readonly call: (method: string, message: object, metadata?: Readonly<Record<string, string>>) => Promise<Called>
  /** Takes messages one by one, when it is asked for them. */
  readonly read: (stream: string) => AsyncIterable<Record<string, unknown>>
  readonly close: () => void
}

function bytesOf(name: MessageName, asked: object): Buffer {
  const definition = messageNamed(name)
  return Buffer.from(toBinary(definition, create(definition, asked as MessageInitShape<DescMessage>)))
}

const shapes: Readonly<Record<string, readonly [MessageName, MessageName]>> = {
  CreateReadSession: ['CreateReadSessionRequest', 'ReadSession'],
  ReadRows: ['ReadRowsRequest', 'ReadRowsResponse'],
  SplitReadStream: ['SplitReadStreamRequest', 'SplitReadStreamResponse'],
  AppendRows: ['ReadRowsRequest', 'ReadRowsResponse'],
}
const servicePath = (method: string) =>
  `/google.cloud.bigquery.storage.v1.BigQuery${method === 'AppendRows' ? 'Write' : 'Read'}/${method}`

export function storageClient(endpoint: string, token?: string, authority?: string): StorageClient {
  const options = authority === undefined ? {} : { 'grpc.default_authority': authority }
  const client = new Client(endpoint, credentials.createInsecure(), options)
  const open = (method: string, message: object, given: Readonly<Record<string, string>> = {}) => {
    const [takes, gives] = shapes[method] ?? ['ReadRowsRequest', 'ReadRowsResponse']
    const metadata = new Metadata()
    for (const [name, value] of Object.entries(given)) metadata.set(name, value)
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
    const write = (asked: object) => (asked instanceof Buffer ? asked : bytesOf(takes, asked))
    const read = (bytes: Buffer) => fromBinary(messageNamed(gives), bytes) as unknown as Record<string, unknown>
    return client.makeServerStreamRequest(servicePath(method), write, read, message, metadata)
  }
  return {
    // A unary call is a stream of one.
    call: (method, message, metadata) =>
      new Promise(resolve => {
        const messages: Record<string, unknown>[] = []
        const stream = open(method, message, metadata)
        stream.on('data', said => messages.push(said))
        stream.on('error', (_: ServiceError) => {})
        stream.on('status', ({ code, details, metadata: trailers }: StatusObject) => {
          const decisionId = String(trailers.get('sluice-decision')[0] ?? '')
          resolve({ messages, ended: { code, details, decisionId } })
        })
      }),
    read: readStream => open('ReadRows', { readStream }),
    close: () => client.close(),
  }
}
