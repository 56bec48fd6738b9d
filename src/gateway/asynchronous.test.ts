import { expect, test } from 'vitest'
import { cities, citiesPage as page, scriptedPorts } from '../../test/fakes/gateway-ports.ts'
import { Failure } from '../model/failure.ts'
import type { FoundJob } from '../model/found-job.ts'
import { cancelJob } from './cancel-job.ts'
import type { JobName } from './job-seed.ts'
import { lookAtJob } from './look-at-job.ts'
import type { Ports } from './ports.ts'
import type { Query } from './query.ts'
import { refuseOperation } from './refuse-operation.ts'
import { fetchWithin, start } from './run-query.ts'

const { signal } = new AbortController()
const request = {
  credential: { bearer: 'token' },
  client: { protocol: 'rest', name: 'test', version: '1', ip: '127.0.0.1', userAgent: '' },
  action: 'jobs.insert',
  signal,
} as const

async function started(overrides: Partial<Ports['warehouse']> = {}) {
  const { ports, log } = scriptedPorts({ tables: [cities], pages: [page] })
  const query: Query = { ...request, text: 'SELECT name FROM public_data.cities', parameters: [] }
  const outcome = await start(query, ports)
  if (outcome.state !== 'running') throw new Error('the query did not start')
  return { ports: { ...ports, warehouse: { ...ports.warehouse, ...overrides } }, log, job: outcome.job }
}

const stillRunning = async () => undefined
const fails = async () => {
  throw new Failure('warehouse_invalid')
}

test('a page that is not there in time is no answer, and nothing of it is on record', async () => {
  const { ports, log, job } = await started({ pageWithin: stillRunning })
  expect(await fetchWithin(job, { maxRows: 10, index: 0 }, 0, ports, signal)).toBeUndefined()
  expect(log.steps.at(-1)).toBe('execute')
})

test('a page that is there in time is redacted and on record', async () => {
  const { ports, log, job } = await started()
  const fetched = await fetchWithin(job, { maxRows: 10, index: 0 }, 0, ports, signal)
  expect(fetched?.recorded.event.page?.rows).toEqual([['Paris']])
  expect(log.steps.slice(-2)).toEqual(['page', 'record finished'])
})

test('the shape of a result does not close its request: the rows are still to come', async () => {
  const { ports, log, job } = await started()
  await fetchWithin(job, { maxRows: 0, index: 0 }, 0, ports, signal)
  expect(log.steps.at(-1)).toBe('record delivered')
  const empty = { pageWithin: async () => ({ ...page, rows: [], totalRows: 0 }) }
  const other = await started(empty)
  await fetchWithin(other.job, { maxRows: 0, index: 0 }, 0, other.ports, signal)
  expect(other.log.steps.at(-1)).toBe('record finished')
})

test('a job can be looked at: what it cost, that it runs, or what it failed with, which goes on record', async () => {
  const ended = await started()
  expect(await lookAtJob(ended.job, ended.ports, signal)).toEqual({ bytesBilled: 7 })
  expect(ended.log.events.map(({ type }) => type)).toEqual(['started'])
  const running = await started({ pageWithin: stillRunning })
  expect(await lookAtJob(running.job, running.ports, signal)).toBeUndefined()
  const failed = await started({ pageWithin: fails })
  await expect(lookAtJob(failed.job, failed.ports, signal)).rejects.toMatchObject({ code: 'warehouse_invalid' })
  expect(failed.log.steps.at(-1)).toBe('record failed')
})

test('a job that its owner cancels is cancelled, and then on record as such', async () => {
  const { ports, log, job } = await started()
  await cancelJob(job, ports)
  expect(log.steps.slice(-2)).toEqual(['cancel', 'record cancelled'])
})

test('what no policy can grant is refused to a known person, on record', async () => {
  const { ports, log } = scriptedPorts()
  const refused = refuseOperation(request, 'tabledata.insertAll crm.orders', 'inserting rows', ports)
  await expect(refused).rejects.toMatchObject({ code: 'operation_refused' })
  expect(log.events).toMatchObject([{ type: 'failed', asked: { text: 'tabledata.insertAll crm.orders' } }])
})

test('a name that the client gives is one job on every replica, whatever its SQL', async () => {
  const seeds: (string | undefined)[] = []
  const newJobId: Ports['newJobId'] = (_owner, _place, seed) => `job-${seeds.push(seed)}`
  const { ports } = scriptedPorts({ tables: [cities], overrides: { newJobId } })
  const ask = (text: string, name: JobName) => start({ ...request, text, parameters: [], ...name }, ports)
  await ask('SELECT name FROM public_data.cities', { jobId: 'mine' })
  await ask('SELECT UPPER(name) FROM public_data.cities', { jobId: 'mine' })
  await ask('SELECT name FROM public_data.cities', { requestKey: 'mine' })
  await ask('SELECT name FROM public_data.cities', {})
  expect(seeds[1]).toBe(seeds[0])
  expect(seeds[2]).not.toBe(seeds[0])
  expect(seeds[3]).toBeUndefined()
})

test('a job whose name is taken on another replica is not started, and its request is on record as stopped', async () => {
  const { ports, log } = scriptedPorts({ tables: [cities] })
  const found = { requestId: 'another' } as FoundJob
  const taken = { ...ports, jobs: { ...ports.jobs, find: async () => found } }
  const query: Query = { ...request, text: 'SELECT name FROM public_data.cities', parameters: [], jobId: 'mine' }
  await expect(start(query, taken)).rejects.toMatchObject({ code: 'warehouse_duplicate' })
  expect(log.events).toMatchObject([{ type: 'failed', code: 'warehouse_duplicate' }])
})
