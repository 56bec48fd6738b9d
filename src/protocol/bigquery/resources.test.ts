import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonIn, openBigQueryWorld, type Sent, send } from '../../../test/fakes/bigquery-world.ts'
import type { DoorWorld } from '../../../test/fakes/door-world.ts'
import type { Page } from '../../model/result.ts'

const fields: Page['fields'] = [{ name: 'id', type: { kind: 'scalar', name: 'INT64' }, nullable: true }]
const ended = { statistics: { bytesProcessed: 7, bytesBilled: 10, slotMs: 3 } }
const pages: Page[] = [
  { fields, rows: [['1']], totalRows: 2, nextPageToken: 'p2', index: 0, ...ended },
  { fields, rows: [['2']], totalRows: 2, index: 1, ...ended },
]
const root = '/bigquery/v2/projects/acme-prod'
const query = { query: 'SELECT id FROM crm.users', useLegacySql: false }
const configuration = { query }

let world: DoorWorld
let token = ''
beforeAll(async () => {
  world = await openBigQueryWorld({ pages })
  token = await world.token('alice')
})
afterAll(() => world.close())

const ask = async (path: string, sent: Sent = {}) => jsonIn(await send(world.url, path, { token, ...sent }))
const named = async (jobId: string) => {
  await ask(`${root}/jobs`, { body: { jobReference: { jobId }, configuration } })
  return jobId
}

/** What a client may count on, as BigQuery's own answers have it. */
const job = ['kind', 'etag', 'id', 'selfLink', 'user_email', 'configuration', 'jobReference', 'statistics', 'status']
const results = ['kind', 'jobReference', 'schema', 'totalRows', 'totalBytesProcessed', 'jobComplete', 'cacheHit']
const times = ['location', 'creationTime', 'endTime', 'totalBytesBilled']

describe('an answer has what BigQuery’s own has', () => {
  test.each<[string, () => Promise<object>, readonly string[]]>([
    [
      'a query',
      () => ask(`${root}/queries`, { body: query }),
      [...results, ...times, 'startTime', 'rows', 'queryId', 'jobCreationReason'],
    ],
    [
      'a dry run of a query',
      () => ask(`${root}/queries`, { body: { ...query, dryRun: true } }),
      ['kind', 'jobReference', 'jobComplete', 'totalBytesProcessed', 'cacheHit', ...times],
    ],
    ['a job', () => ask(`${root}/jobs`, { body: { configuration } }), [...job, 'jobCreationReason']],
    [
      'a dry run of a job',
      () => ask(`${root}/jobs`, { body: { configuration: { ...configuration, dryRun: true } } }),
      job,
    ],
    ['a page of rows', async () => ask(`${root}/queries/${await named('rows')}`), [...results, 'etag', 'rows']],
    ['rows of a table', () => ask(`${root}/datasets/crm/tables/users/data`), ['kind', 'etag', 'totalRows', 'rows']],
    ['a list of jobs', () => ask(`${root}/jobs`), ['kind', 'etag', 'jobs']],
    ['a list of datasets', () => ask(`${root}/datasets`), ['kind', 'etag', 'datasets']],
    ['a list of tables', () => ask(`${root}/datasets/crm/tables`), ['kind', 'etag', 'tables', 'totalItems']],
    [
      'a dataset',
      () => ask(`${root}/datasets/crm`),
      ['kind', 'etag', 'id', 'selfLink', 'datasetReference', 'location'],
    ],
    [
      'a table',
      () => ask(`${root}/datasets/crm/tables/users`),
      ['kind', 'etag', 'id', 'selfLink', 'tableReference', 'schema', 'type'],
    ],
  ])('%s', async (_, answer, keys) => {
    expect(Object.keys(await answer())).toEqual(expect.arrayContaining([...keys]))
  })

  test('a link to itself that leads back to this gateway', async () => {
    for (const path of ['/datasets/crm', '/datasets/crm/tables/users']) {
      const { selfLink, etag } = await ask(`${root}${path}`)
      expect(selfLink).toBe(new URL(`${root}${path}`, world.url).href)
      expect(await ask(new URL(selfLink).pathname)).toMatchObject({ selfLink, etag })
    }
  })

  test('a tag that is another one where the page is', async () => {
    const path = `${root}/queries/${await named('tagged')}`
    const [first, again, other] = [
      await ask(path),
      await ask(path),
      await ask(`${path}?pageToken=${(await ask(path)).pageToken}`),
    ]
    expect(again.etag).toBe(first.etag)
    expect(other.etag).not.toBe(first.etag)
  })

  test('the place of an error that is in the query', async () => {
    const { error } = await ask(`${root}/queries`, { body: { ...query, query: 'SELECT nothing_such FROM crm.users' } })
    expect(error.errors).toEqual([expect.objectContaining({ location: 'q', locationType: 'parameter' })])
  })
})

test('a job has a table of its result, for clients that read that, which is nobody else’s', async () => {
  const body = { jobReference: { jobId: 'read-as-table' }, configuration }
  const { datasetId, tableId } = (await ask(`${root}/jobs`, { body })).configuration.query.destinationTable
  const path = `${root}/datasets/${datasetId}/tables/${tableId}/data`
  const first = await ask(`${path}?maxResults=1`)
  expect(first).toMatchObject({ totalRows: '2', rows: [{ f: [{ v: '1' }] }] })
  expect((await ask(`${path}?pageToken=${first.pageToken}`)).rows).toEqual([{ f: [{ v: '2' }] }])
  const { error } = await ask(path, { token: await world.token('mallory') })
  expect(error.code).toBe(404)
})

test('a page of no rows leads on to the first row', async () => {
  const shape = await ask(`${root}/queries`, { body: { ...query, maxResults: 0 } })
  expect(shape).toMatchObject({ totalRows: '2', jobComplete: true })
  expect(shape).not.toHaveProperty('rows')
  const { jobReference, pageToken } = shape
  const first = await ask(`${root}/queries/${jobReference.jobId}?pageToken=${pageToken}`)
  expect(first.rows).toEqual([{ f: [{ v: '1' }] }])
})
