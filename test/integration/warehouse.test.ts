import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nothingWanted } from '../../src/model/catalog.ts'
import type { ColumnType } from '../../src/model/column-type.ts'
import type { QueryParameter } from '../../src/model/parameter.ts'
import type { Page } from '../../src/model/result.ts'
import type { Recorded, Started } from '../../src/model/session-event.ts'
import { type LocalBigQuery, startLocalBigQuery } from '../../src/sandbox/local-bigquery.ts'
import { loadWorld } from '../../src/sandbox/world.ts'
import { localBigQueryCommand } from '../../src/tools/local-bigquery.ts'
import { openWarehouse, type Warehouse } from '../../src/warehouse/open-warehouse.ts'
import { warehouseOptions } from '../../src/warehouse/options.ts'
import { governedQuery, recordedQuery } from '../fakes/recorded-query.ts'

const project = 'acme-prod'
const users = { project, dataset: 'crm', table: 'users' }
const signal = new AbortController().signal
const endlessQuery = `SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 1000000)) a, UNNEST(GENERATE_ARRAY(1, 100000)) b
  WHERE MOD(a * b, 7919) = 3`

let dir = ''
let server: LocalBigQuery
let warehouse: Warehouse

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-warehouse-'))
  server = await startLocalBigQuery({ ...localBigQueryCommand(), dir, project })
  await loadWorld(server.url, join(import.meta.dirname, '../corpus/attacks/fixture_world.json'))
  const classificationsPath = join(dir, 'classifications.yaml')
  await writeFile(classificationsPath, 'acme-prod.crm.users: { SSN: [pii], profile.phone: [pii, phone] }\n')
  warehouse = await openWarehouse(optionsFor(server.url, { classificationsPath, catalogTtlSeconds: 1 }))
})
afterAll(async () => {
  warehouse?.close()
  await server?.stop()
  await rm(dir, { recursive: true, force: true })
})

function optionsFor(apiEndpoint: string, more: object = {}) {
  return warehouseOptions.parse({ project, apiEndpoint, credentials: { kind: 'none' }, pollTimeoutMs: 200, ...more })
}

async function firstPage(started: Recorded<Started>, maxRows = 100): Promise<Page> {
  const job = await warehouse.port.execute(started, signal)
  return warehouse.port.page(job, { maxRows, index: 0 }, signal)
}

async function rows(text: string, parameters: readonly QueryParameter[] = []) {
  return (await firstPage(recordedQuery(text, { parameters }))).rows
}

async function jobResource(jobId: string) {
  const response = await fetch(`${server.url}/bigquery/v2/projects/${project}/jobs/${jobId}`)
  return (await response.json()) as { configuration: Record<string, unknown>; statistics: { creationTime: string } }
}

const scalar = (name: string) => ({ kind: 'scalar', name }) as ColumnType

describe('a page', () => {
  test('has the cells as BigQuery writes them, structs in field order and timestamps as text', async () => {
    const page = await firstPage(recordedQuery('SELECT * FROM `acme-prod.crm.users` WHERE id = 1'))
    expect(page.fields.map(({ name }) => name)).toEqual([
      'id',
      'name',
      'email',
      'ssn',
      'region',
      'addresses',
      'profile',
    ])
    expect(page.rows[0]?.slice(5)).toEqual([[['1 Canary Row', 'Paris']], ['+15550100001', '1990-01-01']])
    expect(page.totalRows).toBe(1)
    expect(page.nextPageToken).toBeUndefined()

    const types = `SELECT TIMESTAMP '2024-01-01 00:00:00.000120+00', TIMESTAMP '0001-01-01 00:00:00+00', NUMERIC '10.50',
      b'abc', DATE '2024-02-29', CAST(NULL AS INT64), ARRAY<INT64>[], TRUE, 1.5, JSON '{"a": 1}',
      TIME '12:00:00.5', DATETIME '2024-01-01 10:00:00', CAST('inf' AS FLOAT64)`
    expect(await rows(types)).toEqual([
      [
        ...['2024-01-01T00:00:00.000120Z', '0001-01-01T00:00:00Z', '10.5', 'YWJj', '2024-02-29', null, []],
        ...['true', '1.5', '{"a":1}', '12:00:00.500000', '2024-01-01T10:00:00', 'Infinity'],
      ],
    ])
  })

  test('is one of several where there are more rows than asked for; all of them come once and in order', async () => {
    const started = recordedQuery('SELECT n FROM UNNEST(GENERATE_ARRAY(1, 12345)) AS n ORDER BY n')
    const job = await warehouse.port.execute(started, signal)
    const seen: string[] = []
    let index = 0
    for (let pageToken: string | undefined; index === 0 || pageToken !== undefined; index++) {
      const request = { maxRows: 5_000, index, ...(pageToken === undefined ? {} : { pageToken }) }
      const page = await warehouse.port.page(job, request, signal)
      expect(page).toMatchObject({ index, totalRows: 12_345 })
      seen.push(...page.rows.map(([cell]) => String(cell)))
      pageToken = page.nextPageToken
    }
    expect(index).toBe(3)
    expect(seen).toEqual(Array.from({ length: 12_345 }, (_, n) => String(n + 1)))
  })

  test('may begin at any row, and may be of no rows but the shape of the result', async () => {
    const job = await warehouse.port.execute(recordedQuery('SELECT n FROM UNNEST([1, 2, 3]) AS n ORDER BY n'), signal)
    const shape = await warehouse.port.pageWithin(job, { maxRows: 0, index: 0 }, 10_000, signal)
    expect(shape).toMatchObject({ fields: [{ name: 'n' }], rows: [], totalRows: 3 })
    const rest = await warehouse.port.pageWithin(job, { maxRows: 10, startIndex: 1, index: 0 }, 10_000, signal)
    expect(rest?.rows).toEqual([['2'], ['3']])
  })

  test('is not there yet where the job runs longer than its reader waits, and the job runs on', async () => {
    const job = await warehouse.port.execute(recordedQuery(endlessQuery), signal)
    expect(await warehouse.port.pageWithin(job, { maxRows: 1, index: 0 }, 300, signal)).toBeUndefined()
    expect(await warehouse.jobState(job.ref)).toBe('running')
    await warehouse.port.cancel(job)
  })

  test('that would be larger than allowed is refused', async () => {
    const small = await openWarehouse(optionsFor(server.url, { maxPageBytes: 1_024 }))
    const job = await small.port.execute(recordedQuery("SELECT REPEAT('x', 2000)"), signal)
    const page = small.port.page(job, { maxRows: 10, index: 0 }, signal)
    await expect(page).rejects.toMatchObject({ code: 'result_too_large' })
    small.close()
  })
})

describe('a job', () => {
  test('carries the chosen id, labels that lead back to the record, and the limits', async () => {
    const limits = { maximumBytesBilled: 1_000_000, timeoutMs: 30_000 }
    const { asked } = recordedQuery('SELECT 1').event
    const started = recordedQuery('SELECT 1', {
      limits,
      asked: { ...asked, labels: { team: 'sales', sluice_session: 'x' } },
    })
    await firstPage(started)
    const { configuration } = await jobResource(started.event.job.jobId)
    expect(configuration).toMatchObject({
      labels: { team: 'sales', sluice_session: 'session-1', sluice_request: started.event.origin.requestId },
      jobTimeoutMs: '30000',
      query: { query: 'SELECT 1', maximumBytesBilled: '1000000', useLegacySql: false },
    })
  })

  test('runs the text byte for byte, whatever a client library would make of it', async () => {
    expect(await rows("SELECT '{{projectId}}', 'é\\n', '%7B'")).toEqual([['{{projectId}}', 'é\n', '%7B']])
  })

  test('of another request under the same id is not taken for one’s own, and keeps the note that came with it', async () => {
    const first = recordedQuery('SELECT 1')
    await warehouse.port.execute(first, signal, 'bm90ZQ==')
    const { origin, job } = first.event
    const second = recordedQuery('SELECT 2', { job, origin: { ...origin, requestId: 'another' } })
    const joined = { code: 'warehouse_duplicate', message: expect.stringContaining('this one ran nothing') }
    await expect(warehouse.port.execute(second, signal)).rejects.toMatchObject(joined)
    const found = await warehouse.jobs.find(job, signal)
    expect(found).toMatchObject({ note: 'bm90ZQ==', requestId: origin.requestId, kind: 'query' })
    await warehouse.jobs.forget(job, signal)
    expect(await warehouse.jobs.find(job, signal)).toBeUndefined()
  })

  test('that was sent before is the same job', async () => {
    const started = recordedQuery('SELECT RAND()')
    const first = await firstPage(started)
    const { statistics } = await jobResource(started.event.job.jobId)
    expect((await firstPage(started)).rows).toEqual(first.rows)
    expect((await jobResource(started.event.job.jobId)).statistics.creationTime).toBe(statistics.creationTime)
  })

  test('reports that it is still running, and is cancelled when its reader leaves', async () => {
    const job = await warehouse.port.execute(recordedQuery(endlessQuery), signal)
    const client = new AbortController()
    const progress: number[] = []
    const page = warehouse.port.page(job, { maxRows: 1, index: 0 }, client.signal, elapsedMs => {
      progress.push(elapsedMs)
      if (progress.length === 2) client.abort()
    })
    await expect(page).rejects.toMatchObject({ code: 'cancelled' })
    expect(progress).toHaveLength(2)
    await expect.poll(() => warehouse.jobState(job.ref), { timeout: 10_000 }).toBe('failed: stopped')
  })

  test('ends as deadline_exceeded at the deadline', async () => {
    const job = await warehouse.port.execute(recordedQuery(endlessQuery), signal)
    const page = warehouse.port.page(job, { maxRows: 1, index: 0 }, AbortSignal.timeout(300))
    await expect(page).rejects.toMatchObject({ code: 'deadline_exceeded' })
    await expect.poll(() => warehouse.jobState(job.ref), { timeout: 10_000 }).toBe('failed: stopped')
  })

  test('can be cancelled by its owner', async () => {
    const job = await warehouse.port.execute(recordedQuery(endlessQuery), signal)
    expect(await warehouse.jobState(job.ref)).toBe('running')
    await warehouse.port.cancel(job)
    const page = warehouse.port.page(job, { maxRows: 1, index: 0 }, signal)
    await expect(page).rejects.toMatchObject({ code: 'warehouse_stopped' })
  })

  test('that BigQuery never saw is known as such', async () => {
    expect(await warehouse.jobState({ project, jobId: 'sluice_absent', location: 'US' })).toBe('never_started')
  })

  test('that fails as it runs keeps what its error quotes to itself where masks or filters apply', async () => {
    const failing = 'SELECT CAST(ssn AS INT64) FROM `acme-prod.crm.users` WHERE id = 2'
    await expect(firstPage(recordedQuery(failing))).rejects.toThrow(/900-22-0002/)
    const mask = { table: 'acme-prod.crm.users', column: 'ssn', mask: { kind: 'redact' } } as const
    const shown = await firstPage(recordedQuery(failing, { applied: { masks: [mask], filters: [] } })).catch(
      error => error,
    )
    expect(shown).toMatchObject({ code: 'warehouse_invalid' })
    expect(shown.message).toContain('invalidQuery in query')
    expect(shown.message).not.toMatch(/900/)
  })
})

describe('parameters', () => {
  test.each([
    ['BOOL', 'true', 'true'],
    ['INT64', '9223372036854775807', '9223372036854775807'],
    ['FLOAT64', '1.5', '1.5'],
    ['NUMERIC', '7777.77', '7777.77'],
    ['BIGNUMERIC', '1.5', '1.5'],
    ['STRING', "it's {{projectId}}", "it's {{projectId}}"],
    ['BYTES', 'YWJj', 'YWJj'],
    ['DATE', '2024-02-29', '2024-02-29'],
    ['DATETIME', '2024-02-29T01:02:03', '2024-02-29T01:02:03'],
    ['TIME', '01:02:03', '01:02:03'],
    ['TIMESTAMP', '2024-02-29T01:02:03.000004Z', '2024-02-29T01:02:03.000004Z'],
    ['JSON', '{"a":1}', '{"a":1}'],
    ['STRING', null, null],
  ])('of type %s arrive as they are: %s', async (type, value, cell) => {
    expect(await rows('SELECT @p', [{ name: 'p', type: scalar(type), value }])).toEqual([[cell]])
  })

  test('may be arrays, structs and ranges', async () => {
    const struct: ColumnType = {
      kind: 'struct',
      fields: [
        { name: 'city', type: scalar('STRING') },
        { name: 'years', type: { kind: 'array', element: scalar('INT64') } },
      ],
    }
    const parameters: QueryParameter[] = [
      { name: 'a', type: { kind: 'array', element: struct }, value: [{ years: ['1', '2'], city: 'Paris' }] },
      { name: 'r', type: { kind: 'range', element: scalar('DATE') }, value: '[2024-01-01, UNBOUNDED)' },
    ]
    expect(await rows('SELECT @a, RANGE_START(@r), RANGE_END(@r)', parameters)).toEqual([
      [[['Paris', ['1', '2']]], '2024-01-01', null],
    ])
  })

  test('may go by position', async () => {
    const parameters = ['1', '2'].map(value => ({ type: scalar('INT64'), value }))
    expect(await rows('SELECT ?, ?', parameters)).toEqual([['1', '2']])
  })
})

describe('a dry run', () => {
  const place = { project, location: 'US', labels: {} }

  test('says what the server would read, and runs nothing', async () => {
    const governed = governedQuery('SELECT id FROM `acme-prod.crm.users`')
    const estimate = await warehouse.port.estimate({ governed, ...place }, signal)
    expect(estimate).toMatchObject({ statementType: 'SELECT', referencedTables: ['acme-prod.crm.users'] })
    expect(estimate.bytesProcessed).toBe(0)
  })

  test.each([
    ['SELEC 1', 'warehouse_invalid'],
    ['SELECT absent FROM `acme-prod.crm.users`', 'warehouse_invalid'],
    ['SELECT 1 FROM `acme-prod.crm.absent`', 'warehouse_not_found'],
  ])('of %s is a failure of its own', async (text, code) => {
    const estimate = warehouse.port.estimate({ governed: governedQuery(text), ...place }, signal)
    await expect(estimate).rejects.toMatchObject({ code })
  })
})

describe('the catalog', () => {
  test('knows columns with types and tags, views by their query, and names near those that are absent', async () => {
    const view = { ...users, table: 'v_users' }
    const absent = { ...users, table: 'usrs' }
    const { tables } = await warehouse.catalog.snapshot({ ...nothingWanted, tables: [users, view, absent] }, signal)
    const found = tables.get('acme-prod.crm.users')
    if (found?.state !== 'found') return expect.unreachable('the table is there')
    expect(found.table).toMatchObject({ kind: 'table', rowCount: 3 })
    expect(found.table.columns.find(({ name }) => name === 'ssn')?.tags).toEqual({ ssn: ['pii'] })
    expect(found.table.columns.find(({ name }) => name === 'profile')).toMatchObject({
      type: { kind: 'struct', fields: [{ name: 'phone' }, { name: 'birth', type: scalar('DATE') }] },
      tags: { 'profile.phone': ['pii', 'phone'] },
    })
    expect(tables.get('acme-prod.crm.v_users')).toMatchObject({
      table: { kind: 'view', viewQuery: 'SELECT * FROM `acme-prod.crm.users`' },
    })
    expect(tables.get('acme-prod.crm.usrs')).toMatchObject({ state: 'missing', nearest: ['users'] })
  })

  test('knows functions with the types that they declare and their bodies, and names near those that are absent', async () => {
    const define = async (sql: string) => {
      const body = JSON.stringify({ query: sql, useLegacySql: false })
      const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      expect((await fetch(`${server.url}/bigquery/v2/projects/${project}/queries`, request)).ok).toBe(true)
    }
    await define(
      'CREATE FUNCTION public_data.pair(a INT64, b ARRAY<STRING>) RETURNS STRUCT<x INT64, y DATE> AS ((a, DATE(b[0])))',
    )
    // Out of the dataset that is listed below: this warehouse lists functions among its tables.
    await define('CREATE TABLE FUNCTION public_data.few(n ANY TYPE) AS SELECT id FROM crm.users WHERE id <= n')
    const named = (table: string) => ({ ...users, dataset: 'public_data', table })
    const wanted = ['pair', 'few', 'pear'].map(named)
    const { routines } = await warehouse.catalog.snapshot({ ...nothingWanted, routines: wanted }, signal)
    const pair = routines.get('acme-prod.public_data.pair')
    if (pair?.state !== 'found') return expect.unreachable('the function is there')
    expect(pair.routine).toMatchObject({
      ...{ ref: named('pair'), kind: 'scalar_function', language: 'sql' },
      parameters: [
        { name: 'a', type: scalar('INT64'), mode: 'in' },
        { name: 'b', type: { kind: 'array', element: scalar('STRING') } },
      ],
      returns: {
        kind: 'struct',
        fields: [
          { name: 'x', type: scalar('INT64') },
          { name: 'y', type: scalar('DATE') },
        ],
      },
    })
    expect(routines.get('acme-prod.public_data.few')).toMatchObject({
      routine: { kind: 'table_function', parameters: [{ name: 'n' }] },
    })
    expect(routines.get('acme-prod.public_data.pear')).toEqual({ state: 'missing', nearest: ['pair'] })
  })

  test('lists datasets and tables, and what a wildcard matches, newest first', async () => {
    const datasets = await warehouse.catalog.datasets(project, signal)
    expect(datasets.map(({ dataset }) => dataset)).toEqual(expect.arrayContaining(['crm', 'hr', 'public_data']))
    const tables = await warehouse.catalog.tables({ project, dataset: 'crm' }, signal)
    expect(tables.map(({ ref }) => ref.table).toSorted()).toEqual([
      'events_20240101',
      'events_20240102',
      'orders',
      'users',
      'v_users',
    ])
    const events = { ...users, table: 'events_*' }
    const { wildcards } = await warehouse.catalog.snapshot({ ...nothingWanted, wildcards: [events] }, signal)
    expect(wildcards.get('acme-prod.crm.events_*')?.map(({ ref }) => ref.table)).toEqual([
      'events_20240102',
      'events_20240101',
    ])
    expect(await warehouse.catalog.tables({ project, dataset: 'absent' }, signal)).toEqual([])
  })

  test('gives the same table for a while, and a new etag once its columns have changed', async () => {
    const ref = { project, dataset: 'public_data', table: 'rivers' }
    const look = async () => (await warehouse.catalog.snapshot({ ...nothingWanted, tables: [ref] }, signal)).tables
    await rows('CREATE TABLE `acme-prod.public_data.rivers` (name STRING)')
    const first = (await look()).get('acme-prod.public_data.rivers')
    expect((await look()).get('acme-prod.public_data.rivers')).toBe(first)
    await rows('ALTER TABLE `acme-prod.public_data.rivers` ADD COLUMN length_km INT64')
    await sleep(1_100)
    const second = (await look()).get('acme-prod.public_data.rivers')
    if (first?.state !== 'found' || second?.state !== 'found') return expect.unreachable('the table is there')
    expect(second.table.columns).toHaveLength(2)
    expect(second.table.etag).not.toBe(first.table.etag)
  })
})

test('a server that cannot be reached is a failure by name, soon', async () => {
  const gone = await openWarehouse(optionsFor('http://127.0.0.1:9'))
  const began = Date.now()
  const executed = gone.port.execute(recordedQuery('SELECT 1'), signal)
  await expect(executed).rejects.toMatchObject({ code: 'warehouse_unavailable' })
  const looked = gone.catalog.snapshot({ ...nothingWanted, tables: [users] }, signal)
  await expect(looked).rejects.toMatchObject({ code: 'catalog_unavailable' })
  expect(await gone.jobState({ project, jobId: 'any', location: 'US' })).toBe('unknown')
  expect(Date.now() - began).toBeLessThan(6_000)
  gone.close()
})
