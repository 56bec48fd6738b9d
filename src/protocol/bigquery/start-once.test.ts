import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonIn, openBigQueryWorld, send } from '../../../test/fakes/bigquery-world.ts'
import type { DoorWorld } from '../../../test/fakes/door-world.ts'
import { scriptedPorts } from '../../../test/fakes/gateway-ports.ts'
import type { WarehousePort } from '../../gateway/ports.ts'
import { Failure } from '../../model/failure.ts'
import type { FoundJob } from '../../model/found-job.ts'
import type { Page } from '../../model/result.ts'

const root = '/bigquery/v2/projects/acme-prod'
const query = { query: 'SELECT id FROM crm.users', useLegacySql: false }
const fields: Page['fields'] = [{ name: 'id', type: { kind: 'scalar', name: 'INT64' }, nullable: true }]
const pages: Page[] = [{ fields, rows: [['1']], totalRows: 1, index: 0, statistics: {} }]

/** Whether another replica is first with what is about to be started here. */
let isOtherFirst = false
let ofOther: FoundJob | undefined
const { warehouse, jobs } = scriptedPorts({ pages }).ports

const execute: WarehousePort['execute'] = async (started, signal, note = '') => {
  if (!isOtherFirst) return warehouse.execute(started, signal)
  const { job: ref, at: createdAt } = started.event
  const made = { requestId: 'of-the-other', sessionId: 's', configuration: {}, labels: {}, note }
  ofOther = { ref, kind: 'query', createdAt, ...made }
  throw new Failure('warehouse_duplicate')
}

let world: DoorWorld
let token = ''
beforeAll(async () => {
  const found = { ...jobs, find: async () => ofOther }
  world = await openBigQueryWorld({ overrides: { warehouse: { ...warehouse, execute }, jobs: found } })
  token = await world.token('alice')
})
afterAll(() => world.close())

const ask = async (path: string, body: object) => jsonIn(await send(world.url, path, { token, body }))
const eventsSince = (before: number) => world.log.events.slice(before).map(({ type }) => type)

describe('requests that come at once', () => {
  test('with one request id are one query', async () => {
    const before = world.log.events.length
    const body = { ...query, requestId: 'at-once' }
    const answers = await Promise.all([1, 2, 3].map(() => ask(`${root}/queries`, body)))
    expect(new Set(answers.map(({ jobReference }) => jobReference.jobId)).size).toBe(1)
    expect(eventsSince(before).filter(type => type === 'started')).toHaveLength(1)
  })

  test('with one id for their jobs are one job, and the others are told so', async () => {
    const before = world.log.events.length
    const body = { jobReference: { jobId: 'at-once' }, configuration: { query } }
    const answers = await Promise.all([1, 2, 3].map(() => ask(`${root}/jobs`, body)))
    expect(answers.map(({ error }) => error?.errors[0].reason).sort()).toEqual(['duplicate', 'duplicate', undefined])
    expect(eventsSince(before).filter(type => type === 'started')).toHaveLength(1)
  })

  test('of which another replica is first have its rows, and are on record as what ran nothing', async () => {
    isOtherFirst = true
    const before = world.log.events.length
    const { rows, jobReference } = await ask(`${root}/queries`, { ...query, requestId: 'at-two' })
    expect([rows, jobReference.jobId]).toEqual([[{ f: [{ v: '1' }] }], ofOther?.ref.jobId])
    expect(eventsSince(before)).toEqual(['started', 'failed', 'finished'])
    const [begun, failed, finished] = world.log.events.slice(before).map(({ origin }) => origin.requestId)
    expect([failed, finished]).toEqual([begun, 'of-the-other'])
  })
})
