import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { jsonIn, openBigQueryWorld, type Sent, send } from '../../../test/fakes/bigquery-world.ts'
import type { DoorWorld } from '../../../test/fakes/door-world.ts'
import type { Ports } from '../../gateway/ports.ts'
import { Failure } from '../../model/failure.ts'
import type { Page } from '../../model/result.ts'

const fields: Page['fields'] = [
  { name: 'id', type: { kind: 'scalar', name: 'INT64' }, nullable: true },
  { name: 'name', type: { kind: 'scalar', name: 'STRING' }, nullable: true },
]
const wide = 'x'.repeat(2_000)
const pages: Page[] = [
  { fields, rows: [['1', wide]], totalRows: 2, nextPageToken: 'p2', index: 0, statistics: { bytesProcessed: 7 } },
  { fields, rows: [['2', null]], totalRows: 2, index: 1, statistics: { bytesProcessed: 7 } },
]
const root = '/bigquery/v2/projects/acme-prod'
const query = { query: 'SELECT id, name FROM crm.users', useLegacySql: false }

let world: DoorWorld
let token = ''
let mallory = ''
/** What a test wants to happen when a page is read; undefined where the job still runs. */
let onPage: ((signal: AbortSignal) => Promise<'ended' | 'running'>) | undefined
const cancelled: string[] = []

function warehouse(): Ports['warehouse'] {
  const page: Ports['warehouse']['page'] = async (_, { index, maxRows }) => {
    const found = pages[index]
    if (found === undefined) throw new Failure('internal')
    return maxRows === 0 ? { ...found, rows: [] } : found
  }
  return {
    estimate: async () => ({ bytesProcessed: 1_024, accuracy: 'precise' }),
    execute: async ({ event }) =>
      ({ ...event, ref: event.job, governed: event.governed.value, startedAt: event.at }) as never,
    resume: known => known as never,
    page,
    pageWithin: async (job, request, _waitMs, signal) =>
      (await onPage?.(signal)) === 'running' ? undefined : page(job, request, signal),
    cancel: async job => void cancelled.push(job.ref.jobId),
  }
}

beforeAll(async () => {
  world = await openBigQueryWorld({ overrides: { warehouse: warehouse() } })
  token = await world.token('alice')
  mallory = await world.token('mallory')
})
afterEach(() => {
  onPage = undefined
})
afterAll(() => world.close())

const ask = (path: string, sent: Sent = {}) => send(world.url, path, { token, ...sent })
const errorOf = async (path: string, sent: Sent = {}) => {
  const reply = await ask(path, sent)
  const { error } = jsonIn(reply)
  expect(error).toMatchObject({ code: reply.status, errors: [{ domain: 'global', message: error.message }] })
  return { status: reply.status, reason: error.errors[0].reason, message: error.message as string }
}

describe('a query', () => {
  test('is answered with its first page, and the rest by its job', async () => {
    const first = jsonIn(await ask(`${root}/queries`, { body: { ...query, maxResults: 1 } }))
    expect(first).toMatchObject({ jobComplete: true, totalRows: '2', rows: [{ f: [{ v: '1' }, { v: wide }] }] })
    const { jobReference, pageToken } = first
    const rest = await ask(`${root}/queries/${jobReference.jobId}?pageToken=${pageToken}&location=US`)
    expect(jsonIn(rest)).toMatchObject({ rows: [{ f: [{ v: '2' }, { v: null }] }], totalBytesProcessed: '7' })
    expect(jsonIn(rest)).not.toHaveProperty('pageToken')
    expect(world.log.events.slice(-2).map(({ type }) => type)).toEqual(['delivered', 'finished'])
  })

  test('shows all fields where none is named', async () => {
    const { status, bytes } = await ask(`${root}/queries?fields=`, { body: query })
    expect([status, JSON.parse(bytes.toString()).jobComplete]).toEqual([200, true])
  })

  test('shows the fields that were asked for, and only those', async () => {
    const reply = await ask(`${root}/queries?fields=totalRows,rows/f/v`, { body: query })
    expect(jsonIn(reply)).toEqual({ totalRows: '2', rows: [{ f: [{ v: '1' }, { v: wide }] }] })
  })

  test('says what policy did to its rows', async () => {
    const { sluice } = jsonIn(
      await ask(`${root}/queries`, { body: { ...query, query: 'SELECT email FROM crm.users' } }),
    )
    expect(sluice.notices).toEqual([
      expect.objectContaining({ kind: 'mask', message: 'acme-prod.crm.users.email is masked (sha256).' }),
    ])
  })

  test('may be zipped, and so may its answer', async () => {
    const headers = { 'content-encoding': 'gzip', 'accept-encoding': 'gzip, deflate' }
    const reply = await ask(`${root}/queries`, { bytes: gzipSync(JSON.stringify(query)), headers })
    expect(reply.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(reply.bytes).toString())).toMatchObject({ totalRows: '2' })
  })

  test('that runs longer than its client waits is a job that can be asked for again', async () => {
    onPage = async () => 'running'
    const first = jsonIn(await ask(`${root}/queries`, { body: { ...query, timeoutMs: 0 } }))
    expect(first).toMatchObject({ kind: 'bigquery#queryResponse', jobComplete: false })
    expect(Object.keys(first)).not.toEqual(expect.arrayContaining(['endTime']))
    const job = `${root}/jobs/${first.jobReference.jobId}`
    expect(jsonIn(await ask(job))).toMatchObject({ status: { state: 'RUNNING' } })
    onPage = async () => 'ended'
    expect(jsonIn(await ask(job))).toMatchObject({ status: { state: 'DONE' } })
  })

  test('that is sent twice with one request id runs once', async () => {
    const body = { ...query, requestId: '6f1c' }
    const [first, second] = [
      jsonIn(await ask(`${root}/queries`, { body })),
      jsonIn(await ask(`${root}/queries`, { body })),
    ]
    expect(second.jobReference).toEqual(first.jobReference)
    const other = jsonIn(await ask(`${root}/queries`, { body: { ...body, query: 'SELECT id FROM crm.users' } }))
    expect(other.jobReference).not.toEqual(first.jobReference)
  })

  test('is cancelled when its client goes away', async () => {
    const client = new AbortController()
    const heard = new Promise<string>(resolve => {
      onPage = signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            resolve('the job heard of it')
            reject(new Failure('cancelled'))
          })
          client.abort()
        })
    })
    await expect(ask(`${root}/queries`, { body: query, signal: client.signal })).rejects.toThrow()
    expect(await heard).toBe('the job heard of it')
    await expect.poll(() => world.log.events.at(-1)?.type).toBe('cancelled')
  })

  test('says who asks, with what and why', async () => {
    const headers = {
      'user-agent': 'gl-python/3.13 gccl/3.47',
      'x-goog-request-reason': 'month end',
      'sluice-session': 's-1',
    }
    await ask(`${root}/queries`, { body: query, headers })
    expect(world.log.events.at(-1)?.origin).toMatchObject({
      purpose: 'month end',
      client: { protocol: 'rest', name: 'gl-python', sessionKey: 's-1' },
    })
  })
})

describe('a job', () => {
  test('has the id that its owner gave it, once', async () => {
    const body = { jobReference: { jobId: 'mine' }, configuration: { query } }
    expect(jsonIn(await ask(`${root}/jobs`, { body }))).toMatchObject({ jobReference: { jobId: 'mine' } })
    expect(await errorOf(`${root}/jobs`, { body })).toMatchObject({ status: 409, reason: 'duplicate' })
  })

  test('is there for nobody else, nor in another place', async () => {
    await ask(`${root}/jobs`, { body: { jobReference: { jobId: 'hers' }, configuration: { query } } })
    for (const path of [`${root}/jobs/hers`, `${root}/queries/hers`, '/projects/acme-prod/jobs/hers']) {
      expect((await ask(path)).status).toBe(200)
      expect(await errorOf(path, { token: mallory })).toMatchObject({ status: 404, reason: 'notFound' })
      expect(await errorOf(`${path}?location=EU`)).toMatchObject({ status: 404 })
    }
    expect(await errorOf('/bigquery/v2/projects/other/jobs/hers')).toMatchObject({ status: 404 })
    expect((await ask(`${root}/jobs/hers/cancel`, { method: 'POST', token: mallory })).status).toBe(404)
    expect(jsonIn(await ask(`${root}/jobs`, { token: mallory })).jobs).toEqual([])
  })

  test('that failed says so whenever it is asked for, and is on record once', async () => {
    await ask(`${root}/jobs`, { body: { jobReference: { jobId: 'fails' }, configuration: { query } } })
    onPage = async () => {
      throw new Failure('warehouse_invalid', { detail: 'Division by zero.' })
    }
    const before = world.log.events.length
    for (let time = 0; time < 2; time++) {
      const job = jsonIn(await ask(`${root}/jobs/fails`))
      expect(job.status).toMatchObject({ state: 'DONE', errorResult: { reason: 'invalidQuery' } })
      expect(await errorOf(`${root}/queries/fails`)).toMatchObject({ status: 400, reason: 'invalidQuery' })
    }
    expect(world.log.events.slice(before).map(({ type }) => type)).toEqual(['failed'])
  })

  test('can be cancelled and forgotten by its owner', async () => {
    await ask(`${root}/jobs`, { body: { jobReference: { jobId: 'gone' }, configuration: { query } } })
    onPage = async () => 'running'
    const reply = await ask(`${root}/jobs/gone/cancel`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    expect(jsonIn(reply)).toMatchObject({
      kind: 'bigquery#jobCancelResponse',
      job: { jobReference: { jobId: 'gone' } },
    })
    expect(cancelled).toHaveLength(1)
    expect((await ask(`${root}/jobs/gone/delete`, { method: 'DELETE' })).status).toBe(200)
    expect((await ask(`${root}/jobs/gone`)).status).toBe(404)
  })
})

describe('what is refused', () => {
  test('a query that policy denies, with its reason', async () => {
    const denied = { ...query, query: 'SELECT * FROM hr.salaries' }
    for (const [path, body] of [
      ['queries', denied],
      ['jobs', { configuration: { query: denied } }],
    ] as const) {
      const error = await errorOf(`${root}/${path}`, { body })
      expect(error).toMatchObject({ status: 403, reason: 'accessDenied' })
      expect(error.message).toContain('Ask for a table in it. (rule dataset_access)')
    }
  })

  test('whoever has no token that counts, before the body is read', async () => {
    for (const headers of [{}, { authorization: 'Bearer e30.e30.' }, { authorization: `bearer ${token}` }]) {
      const reply = await send(world.url, `${root}/queries`, { bytes: Buffer.from('not JSON'), headers })
      expect(reply.status).toBe(401)
      expect(reply.headers['www-authenticate']).toContain('Bearer')
      expect(jsonIn(reply).error.errors[0].reason).toBe('authError')
    }
  })

  test.each([
    ['legacy SQL, asked for', { ...query, useLegacySql: true }, 'useLegacySql: false'],
    ['legacy SQL, by saying nothing', { query: 'SELECT 1' }, 'useLegacySql: false'],
    ['a flag that is text', { ...query, useLegacySql: 'false' }, 'useLegacySql'],
    ['a field that nobody knows', { ...query, futureOption: 1 }, 'futureOption'],
    ['a field that every object has', { ...query, constructor: 1 }, 'Unrecognized key: "constructor"'],
    ['a label of somebody else', { ...query, labels: { sluice_session: 'x' } }, 'labels'],
    ['a dataset by a path', { ...query, defaultDataset: { datasetId: 'crm.users' } }, 'datasetId'],
  ])('%s', async (_, body, said) => {
    const error = await errorOf(`${root}/queries`, { body })
    expect(error.status).toBe(400)
    expect(error.message).toContain(said)
  })

  test.each([
    ['queries', { ...query, destinationEncryptionConfiguration: {} }],
    ['queries', { ...query, reservation: 'r' }],
    ['queries', { ...query, createSession: true }],
    ['queries', { ...query, connectionProperties: [{ key: 'session_id', value: 's' }] }],
    ['datasets/crm/tables/users:setIamPolicy', {}],
  ])('writing and moving data: %s %j, on record', async (path, body) => {
    const before = world.log.events.length
    expect(await errorOf(`${root}/${path}`, { body })).toMatchObject({ status: 403, reason: 'accessDenied' })
    expect(world.log.events.slice(before)).toMatchObject([{ type: 'failed', code: 'operation_refused' }])
  })

  test.each([
    ['x-http-method-override', 'DELETE'],
    ['x-goog-user-project', 'other'],
    ['x-goog-api-key', 'k'],
  ])('the header %s', async (name, value) => {
    expect(await errorOf(`${root}/datasets`, { headers: { [name]: value } })).toMatchObject({ status: 400 })
  })

  test.each([
    'alt=media',
    'callback=x',
    'quotaUser=bob',
    'prettyPrint=true&prettyPrint=false',
    'fields=a(',
    '$alt=proto',
  ])('the parameter %s', async search => {
    expect(await errorOf(`${root}/datasets?${search}`)).toMatchObject({ status: 400, reason: 'invalid' })
  })

  test.each([
    `${root}/./datasets`,
    `${root}/datasets/crm/../hr`,
    `${root}/datasets/`,
    `${root}//datasets`,
    `${root}/datasets/a%2fb`,
  ])('the path %s', async path => {
    expect(await errorOf(path)).toMatchObject({ status: 400, reason: 'invalid' })
  })

  test('a method that does not exist, or is not of this API', async () => {
    for (const [method, path] of [
      ['GET', `${root}/nothing`],
      ['DELETE', `${root}/queries`],
      ['GET', '/bigquery/v3/projects'],
    ]) {
      expect(await errorOf(path ?? '', { method: method ?? '' })).toMatchObject({ status: 404, reason: 'notFound' })
    }
    expect((await ask('/batch/bigquery/v2', { body: {} })).status).toBe(403)
  })
})

test('an empty page token asks for the first page', async () => {
  expect((await ask(`${root}/datasets?pageToken=`)).status).toBe(200)
})

test('clients that read the discovery document find this gateway in it', async () => {
  for (const path of ['/$discovery/rest?version=v2', '/discovery/v1/apis/bigquery/v2/rest']) {
    const document = jsonIn(await ask(path))
    expect(document).toMatchObject({ name: 'bigquery', rootUrl: world.url.href, servicePath: 'bigquery/v2/' })
    expect(document.resources.jobs.methods.insert).toMatchObject({
      httpMethod: 'POST',
      path: 'projects/{+projectId}/jobs',
    })
    expect(JSON.stringify(document)).not.toContain('googleapis.com')
  }
})

test('a new table is partitioned, clustered and expires as it was asked for', async () => {
  const before = world.log.events.length
  const fields = [
    { name: 'id', type: 'INTEGER' },
    { name: 'at', type: 'TIMESTAMP' },
  ]
  const body = {
    ...{ tableReference: { datasetId: 'crm', tableId: 'made' }, schema: { fields }, expirationTime: '1893456000000' },
    timePartitioning: { type: 'DAY', field: 'at', expirationMs: '86400000', requirePartitionFilter: true },
    clustering: { fields: ['id'] },
  }
  await ask(`${root}/datasets/crm/tables`, { body })
  const [started] = world.log.events.slice(before)
  const text = started?.type === 'started' ? started.governed?.value.text : undefined
  expect(text).toContain('PARTITION BY TIMESTAMP_TRUNC(`at`, DAY) CLUSTER BY `id`')
  expect(text).toMatch(/expiration_timestamp.*2030-01-01.*partition_expiration_days.*1.*require_partition_filter/s)
  const wrong = { ...body, timePartitioning: { type: 'DAY', field: 'id' } }
  expect(await errorOf(`${root}/datasets/crm/tables`, { body: wrong })).toMatchObject({ status: 400 })
})

test('a table that is read without SQL is read under the same masks and on the same record', async () => {
  const before = world.log.events.length
  const path = `${root}/datasets/crm/tables/users/data`
  const first = jsonIn(await ask(`${path}?maxResults=1`))
  expect(first).toMatchObject({
    kind: 'bigquery#tableDataList',
    totalRows: '2',
    rows: [{ f: [{ v: '1' }, { v: wide }] }],
  })
  const second = jsonIn(await ask(`${path}?maxResults=1&pageToken=${first.pageToken}`))
  expect(second.rows).toEqual([{ f: [{ v: '2' }, { v: null }] }])
  const [started, ...rest] = world.log.events.slice(before)
  expect(started).toMatchObject({
    type: 'started',
    asked: { text: 'SELECT * FROM `acme-prod.crm.users`', action: 'bigquery.tabledata.list' },
  })
  expect(started?.type === 'started' && started.governed?.value.text).toContain('SHA256')
  expect(rest.map(({ type }) => type)).toEqual(['delivered', 'finished'])
  expect(await errorOf(`${path}?pageToken=${first.pageToken}`, { token: mallory })).toMatchObject({ status: 400 })
  expect(await errorOf(`${root}/datasets/crm/tables/orders/data?pageToken=${first.pageToken}`)).toMatchObject({
    status: 400,
  })
})

describe('the exchange of tokens', () => {
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    audience: '//sluice/bigquery',
  }
  const exchange = async (form: Readonly<Record<string, string>>) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await send(world.url, '/v1/token', { bytes: Buffer.from(String(new URLSearchParams(form))), headers })
    return { status: reply.status, ...jsonIn(reply) }
  }

  test('gives back a token that counts here, with the time it is left', async () => {
    const answer = await exchange({ ...grant, subject_token: token })
    expect(answer).toMatchObject({ status: 200, access_token: token, token_type: 'Bearer' })
    expect(Number.isInteger(answer.expires_in)).toBe(true)
  })

  test('gives nothing for one that does not', async () => {
    const now = Math.floor(Date.now() / 1_000)
    const forOthers = await world.provider.sign({ aud: 'somebody-else', sub: 'alice', iat: now, exp: now + 300 })
    for (const subject_token of [forOthers, 'e30.e30.', 'x']) {
      expect(await exchange({ ...grant, subject_token })).toMatchObject({ status: 400, error: 'invalid_grant' })
    }
    expect(await exchange({ subject_token: token })).toMatchObject({ status: 400, error: 'invalid_request' })
  })

  test.each([
    ['JSON', 'application/json', JSON.stringify(grant)],
    ['nothing at all', 'application/json', ''],
    [
      'a form with two tokens',
      'application/x-www-form-urlencoded',
      `${new URLSearchParams(grant)}&subject_token=a&subject_token=b`,
    ],
  ])('takes a form and no %s', async (_, type, text) => {
    const reply = await send(world.url, '/v1/token', { bytes: Buffer.from(text), headers: { 'content-type': type } })
    expect([reply.status, jsonIn(reply).error]).toEqual([400, 'invalid_request'])
  })
})
