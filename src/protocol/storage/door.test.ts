import { status } from '@grpc/grpc-js'
import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonIn, send } from '../../../test/fakes/bigquery-world.ts'
import {
  openStorageWorld,
  type StorageClient,
  type StorageWorld,
  storageClient,
} from '../../../test/fakes/storage-world.ts'
import type { Page } from '../../model/result.ts'

const arrow = 2
const parent = 'projects/acme-prod'
const tablePath = (dataset: string, table: string) => `${parent}/datasets/${dataset}/tables/${table}`
const fields: Page['fields'] = [
  { name: 'id', type: { kind: 'scalar', name: 'INT64' }, nullable: true },
  { name: 'name', type: { kind: 'scalar', name: 'STRING' }, nullable: true },
]
const page = (index: number, nextPageToken?: string): Page => ({
  ...{ fields, index, totalRows: 4, statistics: {} },
  rows: [0, 1].map(row => [String(index * 2 + row), `row ${index * 2 + row}`]),
  ...(nextPageToken === undefined ? {} : { nextPageToken }),
})

let world: StorageWorld
let alice: StorageClient
let bob: StorageClient

beforeAll(async () => {
  world = await openStorageWorld({ pages: [page(0, 'p1'), page(1)] })
  alice = storageClient(world.endpoint, await world.token('alice'))
  bob = storageClient(world.endpoint, await world.token('bob'))
})
afterAll(async () => {
  alice.close()
  bob.close()
  await world.close()
})

function session(table: string, more: object = {}) {
  return { parent, readSession: { table, dataFormat: arrow, ...more } }
}

async function streamOf(client: StorageClient, request: object): Promise<string> {
  const { messages, ended } = await client.call('CreateReadSession', request)
  expect(ended.details).toBe('OK')
  const [stream] = (messages[0]?.['streams'] ?? []) as { name: string }[]
  return stream?.name ?? ''
}

function rowsIn(messages: readonly Record<string, unknown>[]) {
  const part = (message: Record<string, unknown>, name: string, bytes: string) =>
    (message[name] as Record<string, Uint8Array> | undefined)?.[bytes] ?? new Uint8Array()
  const schema = messages.map(message => part(message, 'arrowSchema', 'serializedSchema'))
  const batches = messages.map(message => part(message, 'arrowRecordBatch', 'serializedRecordBatch'))
  return tableFromIPC([...schema.slice(0, 1), ...batches])
    .toArray()
    .map(row => row.toJSON())
}

describe('a table', () => {
  test('is read as the query that it is, under the decision for its reader', async () => {
    const request = session(tablePath('crm', 'users'), {
      readOptions: { selectedFields: ['id', 'email'], rowRestriction: "name != 'x'" },
    })
    const { messages, ended } = await alice.call('CreateReadSession', request)
    expect(ended).toMatchObject({ code: status.OK, decisionId: 'decision-1' })
    expect(messages[0]).toMatchObject({ estimatedRowCount: 4n, dataFormat: arrow })
    const started = world.log.events.findLast(event => event.type === 'started')
    expect(started?.asked).toMatchObject({
      text: "SELECT `id`, `email` FROM `acme-prod.crm.users` WHERE (name != 'x'\n)",
      action: 'BigQueryRead.CreateReadSession',
    })
    expect(started?.governed?.value.text).toContain('SHA256')
    expect(started?.origin.client.protocol).toBe('grpc')
  })

  test('comes as one message for each page, the schema with the first', async () => {
    const stream = await streamOf(alice, session(tablePath('crm', 'users')))
    const { messages } = await alice.call('ReadRows', { readStream: stream })
    expect(messages.map(message => message['rowCount'])).toEqual([2n, 2n])
    expect(messages.map(message => message['arrowSchema'] !== undefined)).toEqual([true, false])
    expect(rowsIn(messages)).toEqual([0, 1, 2, 3].map(id => ({ id: BigInt(id), name: `row ${id}` })))
    expect(messages[1]).toMatchObject({ stats: { progress: { atResponseStart: 0.5, atResponseEnd: 1 } } })
  })

  test('comes as Avro where that is asked for', async () => {
    const stream = await streamOf(alice, session(tablePath('crm', 'users'), { dataFormat: 1 }))
    const { messages } = await alice.call('ReadRows', { readStream: stream })
    const bytes = messages.map(message => (message['avroRows'] as Record<string, Uint8Array>)['serializedBinaryRows'])
    expect(Buffer.from(bytes[0] ?? []).toString('latin1')).toBe('\x02\x00\x02\x0arow 0\x02\x02\x02\x0arow 1')
    expect(messages[0]?.['avroSchema']).toMatchObject({ schema: expect.stringContaining('"long"') })
  })

  test('that is closed is denied, with the reason and its decision', async () => {
    const { ended } = await alice.call('CreateReadSession', session(tablePath('hr', 'salaries')))
    expect(ended).toMatchObject({ code: status.PERMISSION_DENIED, decisionId: 'decision-1' })
    expect(ended.details).toContain('Ask for a table in it.')
    expect(world.log.events.at(-1)?.type).toBe('denied')
  })

  test('is read as it was, and in samples, where policy grants that', async () => {
    const modified = { tableModifiers: { snapshotTime: { seconds: 1_704_067_200n } } }
    await alice.call('CreateReadSession', session(tablePath('crm', 'users'), modified))
    await alice.call('CreateReadSession', session(tablePath('crm', 'users'), { readOptions: { samplePercentage: 5 } }))
    const features = world.log.questions.slice(-2).map(({ statement }) => statement.features)
    expect(features).toEqual([['time_travel'], ['table_sample']])
  })
})

describe('a result', () => {
  const query = async (client: 'alice' | 'bob', text: string) => {
    const body = { configuration: { query: { query: text, useLegacySql: false } } }
    const reply = await send(world.url, '/bigquery/v2/projects/acme-prod/jobs', {
      body,
      token: await world.token(client),
    })
    const { datasetId, tableId } = jsonIn(reply).configuration.query.destinationTable
    return tablePath(datasetId, tableId)
  }

  test("of one's own job is read from that job, and no query is run", async () => {
    const table = await query('alice', 'SELECT id, name FROM crm.users')
    const before = world.log.steps.filter(step => step === 'execute').length
    const stream = await streamOf(alice, session(table, { readOptions: { selectedFields: ['NAME'] } }))
    const { messages } = await alice.call('ReadRows', { readStream: stream })
    expect(rowsIn(messages)[3]).toEqual({ name: 'row 3' })
    expect(world.log.steps.filter(step => step === 'execute')).toHaveLength(before)
    for (const [options, said] of [
      [{ rowRestriction: 'id > 1' }, 'Put them into the query'],
      [{ selectedFields: ['absent'] }, 'no column absent'],
    ] as const) {
      const { ended } = await alice.call('CreateReadSession', session(table, { readOptions: options }))
      expect(ended).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining(said) })
    }
  })

  test("of somebody else's job does not exist, and neither does a stream of it", async () => {
    const table = await query('bob', 'SELECT id FROM crm.users')
    const foreign = await alice.call('CreateReadSession', session(table))
    const absent = await alice.call('CreateReadSession', session(table.replace(/[^/]+$/, 'absent')))
    expect([foreign.ended.code, absent.ended.code]).toEqual([status.NOT_FOUND, status.NOT_FOUND])

    const stream = await streamOf(bob, session(table))
    for (const name of [
      stream,
      stream.replace(/.streams/, 'x/streams'),
      'projects/acme-prod/locations/US/sessions/S/streams/0',
    ]) {
      expect((await alice.call('ReadRows', { readStream: name })).ended.code).toBe(status.NOT_FOUND)
      expect((await alice.call('SplitReadStream', { name })).ended.code).toBe(status.NOT_FOUND)
    }
    expect((await bob.call('SplitReadStream', { name: stream })).messages).toMatchObject([{}])
  })
})

describe('a stream', () => {
  test('whose reader takes nothing reads few pages ahead', async () => {
    const text = 'x'.repeat(500_000)
    const large = (index: number): Page => ({ ...page(index, `p${index + 1}`), rows: [[String(index), text]] })
    const other = await openStorageWorld({ pages: Array.from({ length: 60 }, (_, index) => large(index)) })
    const reader = storageClient(other.endpoint, await other.token('alice'))
    const stream = await streamOf(reader, session(tablePath('crm', 'users')))
    for await (const _ of reader.read(stream)) {
      await new Promise(resolve => setTimeout(resolve, 300))
      break
    }
    expect(other.log.steps.filter(step => step === 'page').length).toBeLessThan(30)
    reader.close()
    await other.close()
  })

  test('has no rows behind its end', async () => {
    const stream = await streamOf(alice, session(tablePath('crm', 'users')))
    const { ended } = await alice.call('ReadRows', { readStream: stream, offset: 5n })
    expect(ended).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining('4 rows') })
  })
})

describe('what is not served is refused by name', () => {
  test.each<[string, object, string]>([
    ['no format', { dataFormat: 0 }, 'must be ARROW or AVRO'],
    ['a field of a field', { readOptions: { selectedFields: ['profile.phone'] } }, 'selected by a query'],
    ['a condition that goes on', { readOptions: { rowRestriction: 'TRUE) LIMIT (1' } }, 'one condition'],
    ['a decorator', { table: tablePath('crm', 'users$20240101') }, 'projects/PROJECT/datasets'],
    ['another name', { name: 'projects/acme-prod/locations/US/sessions/mine' }, 'name'],
  ])('%s', async (_, more, said) => {
    const { ended } = await alice.call('CreateReadSession', session(tablePath('crm', 'users'), more))
    expect(ended).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining(said) })
  })

  test('a message with a field that is not known', async () => {
    const { ended } = await alice.call('SplitReadStream', Buffer.from([0x0a, 1, 0x78, 0x48, 1]))
    expect(ended).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining('does not know') })
  })

  test('writing, which goes on record', async () => {
    const { ended } = await alice.call('AppendRows', {})
    expect(ended).toMatchObject({ code: status.PERMISSION_DENIED, details: expect.stringContaining('writing rows') })
    expect(world.log.events.at(-1)).toMatchObject({ type: 'failed', code: 'operation_refused' })
  })

  test('a project that the call would be billed to, where it is another', async () => {
    const metadata = { 'x-goog-user-project': 'other' }
    const { ended } = await alice.call('CreateReadSession', session(tablePath('crm', 'users')), metadata)
    expect(ended.code).toBe(status.INVALID_ARGUMENT)
  })

  test('methods that are not known', async () => {
    expect((await alice.call('Unheard', {})).ended.code).toBe(status.UNIMPLEMENTED)
  })
})

describe('whoever is not known', () => {
  test.each([[undefined], ['no.such.token']])('is turned away with the token %s', async token => {
    const nobody = storageClient(world.endpoint, token)
    const { ended } = await nobody.call('CreateReadSession', session(tablePath('crm', 'users')))
    nobody.close()
    expect(ended.code).toBe(status.UNAUTHENTICATED)
    expect(world.statuses.at(-1)).toEqual(['BigQueryRead.CreateReadSession', status.UNAUTHENTICATED])
  })

  test('is turned away where the call is for another host', async () => {
    const stray = storageClient(world.endpoint, await world.token('alice'), 'evil.example')
    const { ended } = await stray.call('CreateReadSession', session(tablePath('crm', 'users')))
    stray.close()
    expect(ended).toMatchObject({ code: status.PERMISSION_DENIED, details: expect.stringContaining('host') })
  })
})
