import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jsonIn, openBigQueryWorld, type Sent, send } from '../../../test/fakes/bigquery-world.ts'
import type { DoorWorld } from '../../../test/fakes/door-world.ts'
import type { SessionEvent } from '../../model/session-event.ts'

const root = '/bigquery/v2/projects/acme-prod'
const uploadPath = '/upload/bigquery/v2/projects/acme-prod/jobs'
const made = { datasetId: 'crm', tableId: 'made' }
const users = { datasetId: 'crm', tableId: 'users' }
const salaries = { datasetId: 'hr', tableId: 'salaries' }
const rows = '{"id": 1}\n{"id": 2}\n'
const sha256 = createHash('sha256').update(rows).digest('hex')

let world: DoorWorld
let token = ''
let mallory = ''
let events: SessionEvent[] = []
let before = 0

beforeAll(async () => {
  world = await openBigQueryWorld({ bigquery: { maxUploadBytes: 1_024, maxOpenUploads: 2 } })
  token = await world.token('alice')
  mallory = await world.token('mallory', [])
})
beforeEach(() => {
  before = world.log.events.length
})
afterAll(() => world.close())

const ask = async (path: string, sent: Sent = {}) => {
  const reply = await send(world.url, path, { token, ...sent })
  events = world.log.events.slice(before)
  return reply
}
const job = (configuration: object) => ({ body: { configuration } })
const load = { destinationTable: made, sourceUris: ['gs://acme-lab/rows.csv'], schema: { fields: [] } }

function related(configuration: object, content = rows): Sent {
  const boundary = '===b=='
  const parts = [
    `content-type: application/json\r\n\r\n${JSON.stringify({ configuration })}`,
    `x: */*\r\n\r\n${content}`,
  ]
  const bytes = Buffer.from(`${parts.map(part => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`)
  return { bytes, headers: { 'content-type': `multipart/related; boundary="${boundary}"` } }
}

describe('a job that moves rows', () => {
  test('is on record before it is sent, is shown to its owner, and closes its record once', async () => {
    const reply = jsonIn(await ask(`${root}/jobs`, job({ load })))
    expect(reply).toMatchObject({ configuration: { jobType: 'LOAD', load }, status: { state: 'RUNNING' } })
    expect(events[0]).toMatchObject({
      statement: { class: 'load', files: [{ uri: load.sourceUris[0], access: 'read' }] },
    })
    expect(world.log.steps.slice(-3)).toEqual(['decide parse', 'record started', 'transfer'])
    const { jobId } = reply.jobReference
    for (let look = 0; look < 2; look++) {
      const done = jsonIn(await ask(`${root}/jobs/${jobId}`))
      expect(done).toMatchObject({ status: { state: 'DONE' }, statistics: { load: { outputRows: '1' } } })
    }
    expect(events.map(({ type }) => type)).toEqual(['started', 'finished'])
    expect((await ask(`${root}/queries/${jobId}`)).status).toBe(400)
    expect((await ask(`${root}/jobs/${jobId}`, { token: mallory })).status).toBe(404)
  })

  test('may have fields that are null, which are not there', async () => {
    const nulls = { decimalTargetTypes: null, hivePartitioningOptions: null, quote: null }
    const reply = await ask(`${root}/jobs`, job({ load: { ...load, ...nulls } }))
    expect(jsonIn(reply).configuration.load).toEqual(load)
  })

  test('is denied in the words of the policy, and nothing is sent', async () => {
    const reply = await ask(`${root}/jobs`, job({ load: { ...load, destinationTable: salaries } }))
    expect(reply.status).toBe(403)
    expect(jsonIn(reply).error.message).toContain('rule dataset_access')
    expect(events.map(({ type }) => type)).toEqual(['denied'])
  })

  test.each([
    ['a masked table', { copy: { sourceTable: users, destinationTable: made } }],
    ['a filtered table', { copy: { sourceTable: { datasetId: 'crm', tableId: 'orders' }, destinationTable: made } }],
    ['a masked table', { extract: { sourceTable: users, destinationUri: 'gs://acme-lab/f' } }],
    [
      'over rows that may not be seen',
      {
        load: {
          ...load,
          destinationTable: { datasetId: 'crm', tableId: 'orders' },
          writeDisposition: 'WRITE_TRUNCATE',
        },
      },
    ],
  ])('%s: %j is refused, since it cannot be masked or filtered', async (_, configuration) => {
    const reply = await ask(`${root}/jobs`, job(configuration))
    expect(jsonIn(reply).error).toMatchObject({ code: 400 })
    expect(events).toMatchObject([{ type: 'failed', code: 'cannot_govern' }])
  })

  test('whoever may not see a table does not learn whether it is there', async () => {
    const copyOf = (tableId: string) =>
      job({ copy: { sourceTable: { datasetId: 'hr', tableId }, destinationTable: made } })
    const there = await ask(`${root}/jobs`, copyOf('salaries'))
    const absent = await ask(`${root}/jobs`, copyOf('absence'))
    expect([there.status, absent.status]).toEqual([403, 403])
    const masked = (text: string) => text.replaceAll(/salaries|absence/g, 'T')
    expect(masked(jsonIn(absent).error.message)).toBe(masked(jsonIn(there).error.message))
  })

  test.each([
    ['a field that is not known', { load: { ...load, hivePartitioningOptions: {} } }],
    ['a file elsewhere', { load: { ...load, sourceUris: ['file:///etc/passwd'] } }],
    ['a file with a way up', { load: { ...load, sourceUris: ['gs://acme-lab/../etc/passwd'] } }],
    ['two kinds at once', { load, copy: { sourceTable: users, destinationTable: made } }],
    ['a dry run', { load, dryRun: true }],
    ['a part of a table', { load: { ...load, destinationTable: { datasetId: 'crm', tableId: 'made$20240101' } } }],
    ['no file at all', { load: { destinationTable: made } }],
  ])('%s is refused by name', async (_, configuration) => {
    const reply = await ask(`${root}/jobs`, job(configuration))
    expect(jsonIn(reply).error).toMatchObject({ code: 400, errors: [{ reason: 'invalid' }] })
  })
})

describe('a file that comes along', () => {
  const upload = { load: { destinationTable: made, sourceFormat: 'NEWLINE_DELIMITED_JSON' } }

  test('passes through, and its size and hash go on record', async () => {
    const reply = jsonIn(await ask(`${uploadPath}?uploadType=multipart`, related(upload)))
    await ask(`${root}/jobs/${reply.jobReference.jobId}`)
    const transfer = { kind: 'load', content: { bytes: rows.length, sha256 } }
    expect(events).toMatchObject([{ type: 'started' }, { type: 'finished', statement: { transfer } }])
    expect(JSON.stringify(events)).not.toContain('"id": 2')
  })

  test('comes in parts as well, for whoever opened it and nobody else', async () => {
    const opened = await ask(`${uploadPath}?uploadType=resumable`, { body: { configuration: upload } })
    expect(opened.status).toBe(200)
    const { pathname, search, host } = new URL(String(opened.headers.location))
    expect(host).toBe(world.url.host)
    const part = (range: string, content: string, who = token) =>
      ask(`${pathname}${search}`, {
        method: 'PUT',
        token: who,
        bytes: Buffer.from(content),
        headers: { 'content-range': range, 'content-type': '*/*' },
      })
    expect((await part('bytes 0-9/*', rows.slice(0, 10), mallory)).status).toBe(404)
    const first = await part('bytes 0-9/*', rows.slice(0, 10))
    expect([first.status, first.headers.range]).toEqual([308, 'bytes=0-9'])
    const last = await part('bytes 10-19/20', rows.slice(10))
    expect(jsonIn(last)).toMatchObject({ configuration: { jobType: 'LOAD' } })
    expect((await part('bytes 10-19/20', rows.slice(10))).status).toBe(404)
  })

  test('that never comes whole is closed on record when others need its place', async () => {
    for (let count = 0; count < 3; count++) {
      await ask(`${uploadPath}?uploadType=resumable`, { body: { configuration: upload } })
    }
    expect(events.map(({ type }) => type)).toEqual(['started', 'started', 'started', 'cancelled'])
  })

  test('is denied before it is sent', async () => {
    const denied = { load: { ...upload.load, destinationTable: salaries } }
    expect((await ask(`${uploadPath}?uploadType=multipart`, related(denied))).status).toBe(403)
    const inParts = { body: { configuration: denied } }
    expect((await ask(`${uploadPath}?uploadType=resumable`, inParts)).status).toBe(403)
    expect(events.map(({ type }) => type)).toEqual(['denied', 'denied'])
  })

  test('may be only so large', async () => {
    const large = 'x'.repeat(2_000)
    expect((await ask(`${uploadPath}?uploadType=multipart`, related(upload, large))).status).toBe(413)
    const headers = { 'x-upload-content-length': '2000' }
    const inParts = { body: { configuration: upload }, headers }
    expect((await ask(`${uploadPath}?uploadType=resumable`, inParts)).status).toBe(413)
  })

  test.each([
    ['with files as well', `${uploadPath}?uploadType=multipart`, related({ load })],
    ['for another kind of job', `${uploadPath}?uploadType=multipart`, related({ query: { query: 'SELECT 1' } })],
    ['in one part', `${uploadPath}?uploadType=multipart`, { ...related(upload), bytes: Buffer.from('--===b==--') }],
    ['of no kind', uploadPath, { body: { configuration: upload } }],
    ['in a form of no name', `${uploadPath}?uploadType=media`, { body: { configuration: upload } }],
  ])('%s is refused', async (_, path, sent) => {
    expect(jsonIn(await ask(path, sent)).error.code).toBe(400)
  })
})

describe('rows that are streamed', () => {
  const insertAll = (dataset: string, body: object) =>
    ask(`${root}/datasets/${dataset}/tables/made/insertAll`, { body })
  const body = { rows: [{ insertId: 'a', json: { id: 1 } }, { json: { id: 12345678901234567n.toString() } }] }

  test('are decided and on record before they are sent; what is on record is how many', async () => {
    const reply = await insertAll('crm', body)
    expect(jsonIn(reply)).toEqual({ kind: 'bigquery#tableDataInsertAllResponse' })
    const transfer = { kind: 'insert_rows', options: { rows: 2 }, content: { bytes: JSON.stringify(body).length } }
    expect(events).toMatchObject([
      { type: 'started', statement: { class: 'write', transfer } },
      { type: 'finished', statistics: { affectedRows: 2 } },
    ])
    expect(JSON.stringify(events)).not.toContain('12345678901234567')
  })

  test('are denied in the words of the policy', async () => {
    expect(jsonIn(await insertAll('hr', body)).error).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] })
    expect(events.map(({ type }) => type)).toEqual(['denied'])
  })

  test('into a table made for them are refused by name', async () => {
    expect(jsonIn(await insertAll('crm', { ...body, templateSuffix: '_x' })).error.message).toContain('templateSuffix')
  })
})

describe('a query that writes to a table', () => {
  const writing = (query: string, more: object = {}) =>
    ask(`${root}/jobs`, job({ query: { query, useLegacySql: false, destinationTable: made, ...more } }))

  test('is a write to policy, and says on record where it writes and how', async () => {
    await writing('SELECT id FROM crm.users', { writeDisposition: 'WRITE_TRUNCATE', clustering: { fields: ['id'] } })
    expect(events[0]).toMatchObject({
      type: 'started',
      statement: {
        class: 'write',
        destination: { table: { table: 'made' }, write: 'truncate', options: { clustering: { fields: ['id'] } } },
        tables: [{ access: ['create', 'truncate', 'write'] }, { access: ['read'] }],
      },
    })
  })

  test('is denied where its table may not be written', async () => {
    expect((await writing('SELECT 1 AS id', { destinationTable: salaries })).status).toBe(403)
  })

  test('is nothing that a statement can have which has no rows', async () => {
    expect((await writing('CREATE TABLE crm.other AS SELECT 1 AS id')).status).toBe(400)
  })
})
