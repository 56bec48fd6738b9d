import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type NodeClient, openNodeClient } from './node-client.ts'
import { recordsOf } from './records.ts'
import { journeyTimeoutMs as timeout, useSandbox } from './use-sandbox.ts'

const worldPath = join(import.meta.dirname, '../corpus/attacks/fixture_world.json')
const sandbox = useSandbox(() => ({ worldPath }))
let alice: NodeClient
let bob: NodeClient

beforeAll(async () => {
  alice = await openNodeClient(sandbox.ready.rest_url, sandbox.ready.tokens['alice'])
  bob = await openNodeClient(sandbox.ready.rest_url, sandbox.ready.tokens['bob'])
}, timeout)

const secrets = /canary\.example|900-\d\d-\d{4}|\+1555/

describe("Google's client for Node", () => {
  test('runs a query and sees masked values', async () => {
    const [rows] = await alice.query('SELECT id, name, email, ssn, profile FROM crm.users ORDER BY id')
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({ id: 1, name: 'Alice Archer', ssn: 'REDACTED', profile: { phone: 'REDACTED' } })
    expect(JSON.stringify(rows)).not.toMatch(secrets)
    const [clear] = await bob.query('SELECT email FROM crm.users ORDER BY id')
    expect(clear[0]).toEqual({ email: 'alice.archer@canary.example' })
  })

  test('gets every type as from BigQuery', async () => {
    const [[row]] = await alice.query(`SELECT TIMESTAMP '2024-01-01 00:00:00.000120+00' AS t, DATE '2024-02-29' AS d,
      DATETIME '2024-01-01 10:00:00' AS dt, NUMERIC '10.5' AS n, b'abc' AS b, TRUE AS yes, 1.5 AS f, [1, 2] AS a,
      CAST(NULL AS STRING) AS nothing, STRUCT(1 AS x, ['p'] AS y) AS s`)
    expect(JSON.parse(JSON.stringify(row))).toMatchObject({
      t: { value: '2024-01-01T00:00:00.000120000Z' },
      d: { value: '2024-02-29' },
      dt: { value: '2024-01-01T10:00:00' },
      ...{ yes: true, f: 1.5, a: [1, 2], nothing: null, s: { x: 1, y: ['p'] } },
    })
  })

  test('sends parameters by name and by position', async () => {
    const named = {
      query: 'SELECT @n + 1 AS n, @who AS who, @list AS list',
      params: { n: 41, who: "o'hara", list: ['a'] },
    }
    expect((await alice.query(named))[0]).toEqual([{ n: 42, who: "o'hara", list: ['a'] }])
    expect((await alice.query({ query: 'SELECT ? AS a, ? AS b', params: [1, 'x'] }))[0]).toEqual([{ a: 1, b: 'x' }])
  })

  test('starts a job, waits for it and pages through its rows', async () => {
    const [job] = await alice.createQueryJob({ query: 'SELECT n FROM UNNEST(GENERATE_ARRAY(1, 25)) AS n ORDER BY n' })
    const seen: unknown[] = []
    let options: object | null = { maxResults: 10, autoPaginate: false }
    let pages = 0
    for (; options !== null; pages++) {
      const [rows, next] = await job.getQueryResults(options)
      seen.push(...rows.map(({ n }) => n))
      options = next
    }
    expect(pages).toBe(3)
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => n + 1))
    const [metadata] = await job.getMetadata()
    expect(metadata).toMatchObject({ status: { state: 'DONE' }, user_email: 'alice@acme.example' })
  })

  test('sees its own text in a job, and never the governed one', async () => {
    const query = 'SELECT email FROM crm.users'
    const [job] = await alice.createQueryJob({ query, jobId: 'my-own-id', labels: { team: 'sales' } })
    const [metadata] = await job.getMetadata()
    expect(metadata).toMatchObject({ configuration: { query: { query }, labels: { team: 'sales' } } })
    expect(JSON.stringify(metadata)).not.toMatch(/SHA256|queryPlan|recordsRead/i)
    await expect(alice.createQueryJob({ query, jobId: 'my-own-id' })).rejects.toMatchObject({ code: 409 })
  })

  test('is told why policy denies, once and for good', async () => {
    const began = Date.now()
    const query = 'SELECT * FROM hr.salaries'
    const denials = await Promise.allSettled([alice.query(query), alice.createQueryJob({ query })])
    for (const denial of denials) {
      const reason = { code: 403, errors: [{ reason: 'accessDenied' }] }
      expect(denial).toMatchObject({ status: 'rejected', reason })
      expect(String((denial as PromiseRejectedResult).reason)).toContain('Datasets you may read: crm, public_data.')
    }
    expect(Date.now() - began).toBeLessThan(5_000)
  })

  test('is told what is wrong with a query', async () => {
    await expect(alice.query('SELEC 1')).rejects.toMatchObject({ code: 400, errors: [{ reason: 'invalidQuery' }] })
    await expect(alice.query('SELECT nme FROM crm.users')).rejects.toThrow(/name/)
    const legacy = alice.query({ query: 'SELECT 1', useLegacySql: true })
    await expect(legacy).rejects.toThrow('Send useLegacySql: false')
  })

  test('prices a query without running it', async () => {
    const [job] = await alice.createQueryJob({ query: 'SELECT id FROM crm.users', dryRun: true })
    expect(job.metadata.statistics).toMatchObject({
      query: { statementType: 'SELECT', referencedTables: [{ datasetId: 'crm', tableId: 'users' }] },
    })
  })

  test('finds the datasets and tables that it may see, and reads one without SQL', async () => {
    expect((await alice.getDatasets())[0].map(({ id }) => id)).toEqual(['crm', 'public_data'])
    expect((await alice.dataset('crm').getTables())[0].map(({ id }) => id)).toContain('orders')
    await expect(alice.dataset('hr').getMetadata()).rejects.toMatchObject({ code: 404 })
    const orders = alice.dataset('crm').table('orders')
    const [metadata] = await orders.getMetadata()
    expect(metadata).toMatchObject({
      type: 'TABLE',
      schema: { fields: expect.arrayContaining([{ name: 'region', type: 'STRING', mode: 'NULLABLE' }]) },
    })
    // Two of four rows are alice's to see.
    expect(metadata['numRows']).toBeUndefined()
    const [first, next] = await orders.getRows({ maxResults: 1, autoPaginate: false })
    const [second] = await orders.getRows(next ?? {})
    expect([...first, ...second].map(({ id }) => id)).toEqual([101, 103])
    expect(JSON.stringify((await alice.dataset('crm').table('users').getRows())[0])).not.toMatch(secrets)
  })

  test('has jobs that exist for nobody else', async () => {
    const [job] = await bob.createQueryJob({ query: 'SELECT email FROM crm.users', jobId: 'job-of-bob' })
    await job.getQueryResults()
    const theirs = alice.job('job-of-bob')
    const looks = await Promise.allSettled([theirs.getMetadata(), theirs.getQueryResults(), theirs.cancel()])
    for (const look of looks) expect(look).toMatchObject({ status: 'rejected', reason: { code: 404 } })
    expect((await alice.getJobs())[0].map(({ id }) => id)).not.toContain('job-of-bob')
    expect((await bob.getJobs())[0].map(({ id }) => id)).toContain('job-of-bob')
  })

  test('cancels a job', async () => {
    const query = `SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 1000000)) a, UNNEST(GENERATE_ARRAY(1, 100000)) b
      WHERE MOD(a * b, 7919) = 3`
    const [job] = await alice.createQueryJob({ query })
    await job.cancel()
    const state = async () => (await job.getMetadata())[0]['status']
    await expect.poll(state, { timeout: 15_000 }).toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } })
  })

  test('writes nothing', async () => {
    const orders = alice.dataset('crm').table('orders')
    await expect(orders.insert([{ id: 1 }])).rejects.toMatchObject({ code: 403 })
    const path = join(sandbox.statePath, 'rows.json')
    await writeFile(path, '{"id": 1}\n')
    await expect(orders.load(path)).rejects.toMatchObject({ code: 403 })
    const destination = { query: 'SELECT 1 AS id', destination: orders }
    await expect(alice.createQueryJob(destination)).rejects.toMatchObject({ code: 403 })
  })
})

describe('the record', () => {
  test('has a query over REST as one over MCP: who, what was asked, what ran, what was shown', {
    timeout,
  }, async () => {
    const body = JSON.stringify({ query: 'SELECT email FROM crm.users', useLegacySql: false })
    const headers = {
      authorization: `Bearer ${sandbox.ready.tokens['alice']}`,
      'content-type': 'application/json',
      'sluice-session': 'rest-journey',
      'x-goog-request-reason': 'a test',
    }
    const url = `${sandbox.ready.rest_url}/bigquery/v2/projects/acme-prod/queries`
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    const insert = url.replace('/queries', '/datasets/crm/tables/orders/insertAll')
    expect((await fetch(insert, { method: 'POST', headers, body: '{"rows": [{"json": {"id": 1}}]}' })).status).toBe(403)
    const [started, finished, denied] = await recordsOf(sandbox.statePath, 'rest-journey', 3)
    expect(started).toMatchObject({ type: 'started', sql: 'SELECT email FROM crm.users', verified_by: 'googlesql' })
    expect(started?.governed_sql).toContain('SHA256')
    expect(finished).toMatchObject({ type: 'finished', rows_delivered: 3 })
    expect(denied).toMatchObject({ type: 'denied', action: 'bigquery.tabledata.insertAll' })
  })
})
