import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecorderHooks } from '../../src/recording/hooks.ts'
import { openRecorder, type Recorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { crashRounds } from './crash-rounds.ts'
import { SpawnedRecorder } from './spawned-recorder.ts'

/** Far beyond what a test takes alone: other work on the machine must not fail it. */
const limitMs = 180_000

let path = ''
let processes: SpawnedRecorder[] = []
let recorders: Recorder[] = []

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-crash-'))
  processes = []
  recorders = []
})
afterEach(async () => {
  for (const recorder of recorders) await recorder.close()
  for (const { child } of processes) child.kill('SIGKILL')
  await rm(path, { recursive: true, force: true })
})

const settings = () => ({
  spoolPath: join(path, 'spool'),
  store: { kind: 'embedded' as const, path: join(path, 'store') },
  flushIntervalMs: 20,
  segmentMaxBytes: 64 * 1024,
})

async function spawnRecorder(wrap: readonly string[] = [], changes: object = {}): Promise<SpawnedRecorder> {
  const spawned = new SpawnedRecorder({ ...settings(), ...changes } as never, wrap)
  processes.push(spawned)
  return spawned.opened()
}

async function openHere(hooks: RecorderHooks = {}): Promise<Recorder> {
  const deps = { now: () => new Date(), jobState: async () => 'DONE', hooks } as const
  const recorder = await openRecorder(recordingOptions.parse(settings()), deps)
  recorders.push(recorder)
  return recorder
}

/** How often each event is in the store. */
async function stored(recorder: Recorder): Promise<ReadonlyMap<string, number>> {
  expect(await recorder.flush(90_000)).toBe(true)
  const answer = await recorder.store?.client.query({
    query: 'SELECT toString(event_id) AS id, count() AS times FROM sluice.events GROUP BY id',
    format: 'JSONEachRow',
  })
  const rows = (await answer?.json<{ id: string; times: string }>()) ?? []
  return new Map(rows.map(({ id, times }) => [id, Number(times)]))
}

function expectOnce(confirmed: readonly string[], found: ReadonlyMap<string, number>): void {
  const lost = confirmed.filter(id => !found.has(id))
  const twice = [...found].filter(([, times]) => times > 1)
  expect({ lost: lost.length, twice: twice.length }).toEqual({ lost: 0, twice: 0 })
}

describe('after a crash', () => {
  test(
    'every confirmed event is in the store once, though gateway and store were killed while sending',
    async () => {
      const confirmed: string[] = []
      for (let round = 0; round < 2; round += 1) {
        const spawned = await spawnRecorder()
        spawned.record(100_000)
        await spawned.confirms(200)
        if (round > 0 && spawned.storePid !== undefined) process.kill(spawned.storePid, 'SIGKILL')
        await spawned.kill()
        confirmed.push(...spawned.confirmed)
      }
      const recorder = await openHere()
      expectOnce(confirmed, await stored(recorder))
      expect(confirmed.length).toBeGreaterThanOrEqual(400)
    },
    limitMs,
  )

  test(
    'the store is started again while events go on, and gets all of them once',
    async () => {
      const spawned = await spawnRecorder()
      spawned.record(200)
      for (const count of [100, 250]) {
        await spawned.confirms(count)
        await spawned.killStore()
      }
      expect(spawned.starts).toBe(3)
      await spawned.confirms(400)
      await spawned.close()
      const recorder = await openHere()
      expect(spawned.confirmed.length).toBe(400)
      expectOnce(spawned.confirmed, await stored(recorder))
    },
    limitMs,
  )

  test(
    'requests that were running are closed as interrupted, once',
    async () => {
      const spawned = await spawnRecorder()
      spawned.record(100_000)
      await spawned.confirms(51)
      await spawned.kill()
      const interrupted: number[] = []
      for (let start = 0; start < 2; start += 1) {
        const recorder = await openHere({ interrupted: requests => interrupted.push(requests) })
        await recorder.close()
      }
      const recorder = await openHere()
      await stored(recorder)
      const answer = await recorder.store?.client.query({
        query: `SELECT countIf(type = 'started') AS started, countIf(type = 'finished') AS finished,
        countIf(type = 'interrupted') AS interrupted, anyIf(job_state, type = 'interrupted') AS state FROM sluice.events`,
        format: 'JSONEachRow',
      })
      const [row] = (await answer?.json<Record<string, string>>()) ?? []
      expect(Number(row?.['started'])).toBe(Number(row?.['finished']) + Number(row?.['interrupted']))
      expect(interrupted.reduce((sum, requests) => sum + requests, 0)).toBe(Number(row?.['interrupted']))
      if (interrupted.length > 0) expect(row?.['state']).toBe('DONE')
    },
    limitMs,
  )
})

test(
  'nothing is lost, doubled or unrecorded over rounds of kills at random moments',
  async () => {
    const { confirmed, ...report } = await crashRounds(2)
    expect(confirmed).toBeGreaterThan(0)
    expect(report).toMatchObject({ rounds: 2, lost: 0, duplicated: 0, unrecorded: 0, unclosed: 0, findings: 0 })
  },
  limitMs,
)

describe.runIf(process.platform === 'linux')('a disk that is full', () => {
  test(
    'refuses events, and takes them again when there is room',
    async () => {
      // A limit on the size of files stands in for the disk: the write fails half-way, as on a full disk.
      const limited = ['bash', '-c', 'ulimit -S -f 48; exec "$@"', 'bash']
      const spawned = await spawnRecorder(limited, { store: { kind: 'none' }, segmentMaxBytes: 1024 ** 2 })
      await spawned.recorded(1_000)
      expect(spawned.refused).toEqual(['recorder_unavailable'])
      const before = spawned.confirmed.length
      expect(before).toBeGreaterThan(5)
      execFileSync('prlimit', ['--pid', String(spawned.child.pid), '--fsize=unlimited'])
      await spawned.recorded(20)
      expect(spawned.confirmed.length).toBe(before + 40)
      await spawned.close()
      const recorder = await openHere()
      const found = await stored(recorder)
      expectOnce(spawned.confirmed, found)
      const interrupted = found.size - spawned.confirmed.length
      expect(interrupted).toBeLessThanOrEqual(1)
    },
    limitMs,
  )
})
