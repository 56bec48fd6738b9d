import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storageClient } from '../fakes/storage-world.ts'
import { visit } from './agent.ts'
import { type Deployment, openDeployment, type Replica } from './replicas.ts'
import { journeyTimeoutMs as timeout } from './use-sandbox.ts'

const root = '/bigquery/v2/projects/acme-prod'
const text = 'SELECT id, name, email FROM crm.users ORDER BY id'
const sql = { query: text, useLegacySql: false }

let deployment: Deployment
let a: Replica
let b: Replica
let alice = ''
let mallory = ''

beforeAll(async () => {
  deployment = await openDeployment()
  ;[a, b, alice, mallory] = await Promise.all([
    deployment.start('a'),
    deployment.start('b'),
    deployment.token('alice'),
    deployment.token('mallory'),
  ])
}, timeout)
afterAll(() => deployment?.close())

async function ask(replica: Replica, path: string, body?: object, token = alice, method = body ? 'POST' : 'GET') {
  const response = await fetch(`${replica.url}${root}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const said = await response.text()
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  return { status: response.status, body: (said === '' ? {} : JSON.parse(said)) as any }
}

const start = (replica: Replica, jobId: string, query: object = sql, token = alice) =>
  ask(replica, '/jobs', { jobReference: { jobId }, configuration: { query, labels: { team: 'growth' } } }, token)
const cells = (body: { rows: { f: { v: unknown }[] }[] }) => body.rows.map(({ f }) => f.map(({ v }) => v))
const endless = `SELECT COUNT(*) AS n FROM UNNEST(GENERATE_ARRAY(1, 1000000)) a, UNNEST(GENERATE_ARRAY(1, 100000)) b
  WHERE MOD(a * b, 7919) = 3`

describe('a job that one replica started', { timeout }, () => {
  test('is the same job at another, page by page, with its owner’s own text', async () => {
    expect((await start(a, 'Own-Job')).body.status.state).toMatch(/RUNNING|DONE/)
    await expect.poll(async () => (await ask(b, '/jobs/Own-Job')).body.status.state).toBe('DONE')
    const { body } = await ask(b, '/jobs/Own-Job')
    expect(body.configuration).toMatchObject({ query: { query: text }, labels: { team: 'growth' } })
    expect(JSON.stringify(body)).not.toMatch(/SHA256|_sl_|sluice_(?!results)/)

    const whole = (await ask(a, '/queries/Own-Job')).body
    expect(cells(whole)).toHaveLength(3)
    const first = (await ask(b, '/queries/Own-Job?maxResults=2')).body
    const rest = (await ask(a, `/queries/Own-Job?maxResults=2&pageToken=${first.pageToken}`)).body
    expect([...cells(first), ...cells(rest)]).toEqual(cells(whole))
    expect(first.sluice.notices).toMatchObject([{ kind: 'mask', column: 'email' }])
  })

  test('is on the list of another, for its owner', async () => {
    const listed = async (token: string) =>
      (await ask(b, '/jobs?maxResults=50', undefined, token)).body.jobs.map(
        (job: never) => job['jobReference']['jobId'],
      )
    expect(await listed(alice)).toContain('Own-Job')
    expect(await listed(mallory)).toEqual([])
    const page = (await ask(b, '/jobs?maxResults=1')).body
    expect(page.jobs).toHaveLength(1)
  })

  test('can be cancelled at another', async () => {
    await start(a, 'endless', { ...sql, query: endless })
    expect((await ask(b, '/jobs/endless')).body.status.state).toBe('RUNNING')
    const { status, body } = await ask(b, '/jobs/endless/cancel', {})
    expect([status, body.job.jobReference.jobId]).toEqual([200, 'endless'])
    await expect
      .poll(async () => (await ask(a, '/jobs/endless')).body.status, { timeout: 20_000 })
      .toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } })
  })

  test('is taken at another: its name is its owner’s once, and nothing runs a second time', async () => {
    const again = await start(b, 'Own-Job', { ...sql, query: 'SELECT 1' })
    expect([again.status, again.body.error.errors[0].reason]).toEqual([409, 'duplicate'])
    const hers = await start(b, 'Own-Job', sql, await deployment.token('bob'))
    expect(hers.status).toBe(200)
  })

  test('is found by a request that comes again at another, and is on record as started once', async () => {
    const request = { ...sql, requestId: 'sent-twice' }
    const [first, second] = [await ask(a, '/queries', request), await ask(b, '/queries', request)]
    expect(cells(second.body)).toEqual(cells(first.body))
    const { jobId } = first.body.jobReference
    expect(second.body.jobReference.jobId).toBe(jobId)
    expect((await deployment.events(jobId)).filter(type => type === 'started')).toHaveLength(1)
  })

  test('tells what it changed at another, although its table is gone', async () => {
    const dana = await deployment.token('dana')
    const reference = { datasetReference: { projectId: 'acme-prod', datasetId: 'lab' } }
    expect((await ask(a, '/datasets', reference, dana)).status).toBe(200)
    const steps = {
      make: 'CREATE TABLE lab.made AS SELECT id, name FROM crm.users',
      add: "INSERT INTO lab.made (id, name) VALUES (7, 'x'), (8, 'y')",
      drop: 'DROP TABLE lab.made',
    }
    for (const [id, query] of Object.entries(steps)) {
      await start(a, id, { ...sql, query }, dana)
      await expect.poll(async () => (await ask(a, `/jobs/${id}`, undefined, dana)).body.status.state).toBe('DONE')
    }
    const made = (await ask(b, '/jobs/make', undefined, dana)).body
    expect(made.statistics.query).toMatchObject({ ddlTargetTable: { tableId: 'made' } })
    const added = (await ask(b, '/queries/add', undefined, dana)).body
    expect(added).toMatchObject({ jobComplete: true, numDmlAffectedRows: '2', totalRows: '0', rows: [] })
    expect((await ask(b, '/queries/drop', undefined, dana)).body).toMatchObject({ jobComplete: true })
  })

  test('may be a copy, which another can tell of as well', async () => {
    const dana = await deployment.token('dana')
    const ref = (datasetId: string, tableId: string) => ({ projectId: 'acme-prod', datasetId, tableId })
    const copy = { sourceTable: ref('public_data', 'cities'), destinationTable: ref('lab', 'cities') }
    const body = { jobReference: { jobId: 'copy' }, configuration: { copy } }
    expect((await ask(a, '/jobs', body, dana)).status).toBe(200)
    const state = async () => (await ask(b, '/jobs/copy', undefined, dana)).body
    await expect.poll(async () => (await state()).status.state).toBe('DONE')
    expect((await state()).configuration).toMatchObject({
      jobType: 'COPY',
      copy: { destinationTable: copy.destinationTable, sourceTables: [copy.sourceTable] },
    })
    expect((await ask(b, '/queries/copy', undefined, dana)).status).toBe(400)
    expect((await ask(b, '/jobs', body, dana)).status).toBe(409)
  })

  test('is read over gRPC at another, under the name that one gave its stream', async () => {
    const [here, there, hers] = [
      storageClient(a.storageEndpoint, alice),
      storageClient(b.storageEndpoint, alice),
      storageClient(b.storageEndpoint, mallory),
    ]
    const readSession = { table: 'projects/acme-prod/datasets/crm/tables/users', dataFormat: 1 }
    const { messages } = await here.call('CreateReadSession', { parent: 'projects/acme-prod', readSession })
    const [stream] = (messages[0]?.['streams'] ?? []) as { name: string }[]
    const readStream = stream?.name ?? ''
    const rows = await there.call('ReadRows', { readStream })
    expect([rows.ended.code, rows.messages[0]?.['rowCount']]).toEqual([0, 3n])
    expect((await hers.call('ReadRows', { readStream })).ended.code).toBe(5)
    for (const client of [here, there, hers]) client.close()
  })
})

describe('an agent', { timeout }, () => {
  test('goes on at another replica with the page token of one; somebody else does not', async () => {
    const agents = await Promise.all([
      visit(`${a.url}/mcp`, alice),
      visit(`${b.url}/mcp`, alice),
      visit(`${b.url}/mcp`, mallory),
    ])
    const [here, there, hers] = agents
    const first = await here.call('execute_sql', { query: text, max_rows: 2 })
    const next = { page_token: first.next_page_token }
    const rest = await there.call('execute_sql', next)
    expect([first.rows?.length, rest.rows?.map(([id]) => id)]).toEqual([2, [3]])
    expect(rest.notices).toMatchObject([{ kind: 'mask' }])
    expect((await hers.call('execute_sql', next)).error?.code).toBe('request_invalid')
    for (const agent of agents) await agent.close()
  })
})

describe('nobody gets at the job of another', { timeout }, () => {
  const of = (id: string) => [`/jobs/${id}`, `/queries/${id}`, `/datasets/_sluice_results/tables/${id}/data`]

  test('by its owner’s name for it, or by Sluice’s, at any replica', async () => {
    const { jobId } = (await ask(a, '/queries', sql)).body.jobReference
    for (const replica of [a, b]) {
      for (const path of ['Own-Job', jobId].flatMap(of)) {
        expect([path, (await ask(replica, path)).status]).toEqual([path, 200])
        expect([path, (await ask(replica, path, undefined, mallory)).status]).toEqual([path, 404])
      }
      expect((await ask(replica, `/jobs/${jobId}/cancel`, {}, mallory)).status).toBe(404)
      expect((await ask(replica, `/jobs/${jobId}/delete`, undefined, mallory, 'DELETE')).status).toBe(404)
    }
  })

  test('by an id that was made up or changed, in another place or project', async () => {
    const { jobId } = (await ask(a, '/queries', sql)).body.jobReference
    const forged = [
      `${jobId}0`,
      jobId.replace(/.$/, (last: string) => (last === '0' ? '1' : '0')),
      `sluice_${'0'.repeat(24)}_${'0'.repeat(32)}`,
    ]
    for (const id of forged) expect((await ask(b, `/queries/${id}`)).status).toBe(404)
    expect((await ask(b, `/queries/${jobId}?location=EU`)).status).toBe(404)
    const elsewhere = await fetch(`${b.url}/bigquery/v2/projects/acme-other/queries/${jobId}`, {
      headers: { authorization: `Bearer ${alice}` },
    })
    expect(elsewhere.status).toBe(404)
  })

  test('with a page token that was changed, or of another job or person', async () => {
    const { pageToken } = (await ask(a, '/queries/Own-Job?maxResults=1')).body
    const changed = `${pageToken.startsWith('W') ? 'X' : 'W'}${pageToken.slice(1)}`
    expect((await ask(b, `/queries/Own-Job?pageToken=${changed}`)).status).toBe(400)
    const { jobId } = (await ask(a, '/queries', sql)).body.jobReference
    expect((await ask(b, `/queries/${jobId}?pageToken=${pageToken}`)).status).toBe(400)
    const bob = await deployment.token('bob')
    expect((await ask(b, `/queries/Own-Job?pageToken=${pageToken}`, undefined, bob)).status).toBe(400)
  })
})

describe('over a restart', { timeout }, () => {
  test('after a kill, a job that was started before is there with its rows and further pages', async () => {
    await start(a, 'before')
    const first = (await ask(a, '/queries/before?maxResults=1')).body
    await a.end('SIGKILL')
    a = await deployment.start('a')
    expect((await ask(a, '/jobs/before')).body.configuration.query.query).toBe(text)
    const rest = (await ask(a, `/queries/before?pageToken=${first.pageToken}`)).body
    expect(cells(rest)).toHaveLength(2)
  })

  test('rows are shown as policy decides now: not what it closed, nor what it masks otherwise', async () => {
    await start(a, 'cities', { ...sql, query: 'SELECT name FROM public_data.cities' })
    await start(a, 'ids', { ...sql, query: 'SELECT id FROM crm.users ORDER BY id' })
    const changed = await deployment.start('changed', {
      grants: ({ groups, ...rest }) => ({
        ...rest,
        groups: { ...groups, analysts: { read_datasets: ['acme-prod.crm'] } },
      }),
      masks: facts => ({ ...facts, by_tag: { ...facts['by_tag'], 'pii.email': 'always_null' } }),
    })
    const [closed, masked, same] = await Promise.all(
      ['cities', 'before', 'ids'].map(id => ask(changed, `/queries/${id}`)),
    )
    expect([closed?.status, closed?.body.error.message]).toEqual([
      403,
      expect.stringContaining('Access Denied by policy'),
    ])
    expect([masked?.status, masked?.body.error.message]).toEqual([403, expect.stringContaining('have changed')])
    expect(cells(same?.body)).toEqual([['1'], ['2'], ['3']])
    await changed.end('SIGTERM')
  })

  test('a job that its owner has forgotten is forgotten everywhere', async () => {
    expect((await ask(b, '/jobs/before/delete', undefined, alice, 'DELETE')).status).toBe(200)
    expect((await ask(a, '/queries/ids')).status).toBe(200)
    expect((await ask(b, '/jobs/before')).status).toBe(404)
  })
})
