import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedStore, superviseStore } from '../../src/recording/embedded/supervise.ts'
import { openRecorder, type Recorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions, storeOptions } from '../../src/recording/options.ts'
import { sampleFinished, sampleStarted } from '../fakes/sample-events.ts'
import { FaultyStore, faults } from './faulty-store.ts'

let path = ''
let store: EmbeddedStore
let way: FaultyStore
let recorder: Recorder
const failures: unknown[] = []

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-faults-'))
  const options = storeOptions.parse({ kind: 'embedded', path: join(path, 'store') })
  if (options.kind !== 'embedded') throw new Error('not embedded')
  store = await superviseStore(options, {})
  way = new FaultyStore(store.access.url)
  const { user, password } = store.access
  const server = { kind: 'clickhouse', url: await way.listen(), user, password, timeoutMs: 1_500 }
  recorder = await openRecorder(
    recordingOptions.parse({ spoolPath: join(path, 'spool'), store: server, flushIntervalMs: 20 }),
    { now: () => new Date(), hooks: { sinkFailed: cause => failures.push(cause) } },
  )
  failures.length = 0
}, 120_000)
afterEach(async () => {
  way.fault = undefined
  await recorder.close()
  await way.close()
  await store.close()
  await rm(path, { recursive: true, force: true })
}, 120_000)

async function recordSome(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const started = sampleStarted()
    ids.push((await recorder.record(started)).eventId, (await recorder.record(sampleFinished(started))).eventId)
  }
  return ids
}

async function counts(): Promise<{ events: number; rows: number; doubles: number }> {
  const answer = await recorder.store?.client.query({
    query: `SELECT (SELECT uniqExact(event_id) FROM sluice.events) AS events,
      (SELECT count() FROM sluice.column_access) + (SELECT count() FROM sluice.results) AS rows,
      (SELECT count() - uniqExact(line) FROM sluice.events) +
      (SELECT count() - uniqExact(line) FROM sluice.column_access) +
      (SELECT count() - uniqExact(line) FROM sluice.results) AS doubles`,
    format: 'JSONEachRow',
  })
  const [row] = (await answer?.json<Record<string, string>>()) ?? []
  return { events: Number(row?.['events']), rows: Number(row?.['rows']), doubles: Number(row?.['doubles']) }
}

describe('a store that fails', () => {
  test.each(faults)(
    'by being %s for longer than a batch may take gets every row once',
    async fault => {
      const ids = await recordSome(10)
      await recorder.flush(30_000)
      way.fault = fault
      ids.push(...(await recordSome(20)))
      await expect.poll(() => failures.length, { timeout: 30_000 }).toBeGreaterThan(1)
      expect(recorder.health().isSinkWorking).toBe(false)
      // Nobody who asks waits for the store.
      ids.push(...(await recordSome(10)))
      way.fault = undefined
      expect(await recorder.flush(60_000)).toBe(true)
      expect(await counts()).toEqual({ events: ids.length, rows: 120, doubles: 0 })
      expect(recorder.health()).toMatchObject({ isSinkWorking: true, isCaughtUp: true })
    },
    180_000,
  )

  test('in one way after another, at random, gets every row once', async () => {
    const ids: string[] = []
    for (let round = 0; round < 12; round += 1) {
      way.fault = round % 2 === 0 ? faults[Math.floor(Math.random() * faults.length)] : undefined
      ids.push(...(await recordSome(10)))
      await sleep(Math.random() * 400)
    }
    way.fault = undefined
    expect(await recorder.flush(90_000)).toBe(true)
    expect(await counts()).toEqual({ events: ids.length, rows: 360, doubles: 0 })
  }, 180_000)
})
