import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, type TestContext, test } from 'vitest'
import { openRecorder, type Recorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { sampleDenied } from '../fakes/sample-events.ts'
import { LoopDisk } from './loop-disk.ts'

/** Far beyond what a test takes alone: other work on the machine must not fail it. */
const limitMs = 120_000

let path = ''
let disks: LoopDisk[] = []
let recorders: Recorder[] = []

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-disk-'))
  disks = []
  recorders = []
})
afterEach(async () => {
  for (const recorder of recorders) await recorder.close().catch(() => undefined)
  for (const disk of disks) await disk.unmount()
  await rm(path, { recursive: true, force: true })
})

async function openOn(spoolPath: string, storePath?: string): Promise<Recorder> {
  const store = storePath === undefined ? { kind: 'none' } : { kind: 'embedded', path: storePath }
  const options = recordingOptions.parse({ spoolPath, store, flushIntervalMs: 60_000 })
  const recorder = await openRecorder(options, { now: () => new Date() })
  recorders.push(recorder)
  return recorder
}

async function newDisk({ skip }: TestContext): Promise<LoopDisk> {
  const disk = await LoopDisk.create(path).catch((cause: Error) =>
    skip(`no disk can be mounted here: ${cause.message}`),
  )
  disks.push(disk)
  return disk
}

async function recorded(recorder: Recorder, count: number): Promise<readonly string[]> {
  const events = Array.from({ length: count }, () => recorder.record(sampleDenied()))
  return (await Promise.all(events)).map(({ eventId }) => eventId)
}

/** How often each event is in the store. */
async function stored({ store }: Recorder): Promise<ReadonlyMap<string, number>> {
  const query = 'SELECT toString(event_id) AS id, count() AS times FROM sluice.events GROUP BY id'
  const answer = await store?.client.query({ query, format: 'JSONEachRow' })
  const rows = (await answer?.json<{ id: string; times: string }>()) ?? []
  return new Map(rows.map(({ id, times }) => [id, Number(times)]))
}

/** What a reboot does to a spool: the process whose name is on it is no longer alive. */
async function reboot(spoolPath: string): Promise<string> {
  for (const name of await readdir(spoolPath, { recursive: true })) {
    if (name.includes('owner-')) await rename(join(spoolPath, name), join(spoolPath, name.replace(/-\d+$/, '-0')))
  }
  return spoolPath
}

const onceEach = (ids: readonly string[]) => new Map([...ids].sort().map(id => [id, 1]))
const sorted = (counts: ReadonlyMap<string, number>) => new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))

describe('a spool that cannot be written', () => {
  test('because its path is a file stops the start', async () => {
    await writeFile(join(path, 'spool'), '')
    await expect(openOn(join(path, 'spool'))).rejects.toMatchObject({ code: 'EEXIST' })
  })

  test('because its disk is read-only stops the start', async context => {
    const disk = await newDisk(context)
    await disk.becomeReadOnly('ro')
    await expect(openOn(disk.path)).rejects.toMatchObject({ code: 'EROFS' })
  })

  test(
    'because its disk became read-only has every event refused, and keeps what it had',
    async context => {
      const disk = await newDisk(context)
      const recorder = await openOn(disk.path)
      const confirmed = await recorded(recorder, 5)
      await disk.becomeReadOnly('abort')
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await expect(recorder.record(sampleDenied())).rejects.toMatchObject({ code: 'recorder_unavailable' })
      }
      const after = await disk.afterPowerLoss(path)
      disks.push(after)
      const next = await openOn(await reboot(after.path), join(path, 'store'))
      expect(await next.flush(limitMs)).toBe(true)
      expect(sorted(await stored(next))).toEqual(onceEach(confirmed))
    },
    limitMs,
  )
})

describe('a power loss', () => {
  test(
    'takes nothing from the embedded store or the spool that was confirmed',
    async context => {
      const disk = await newDisk(context)
      const recorder = await openOn(join(disk.path, 'spool'), join(disk.path, 'store'))
      const inStore = await recorded(recorder, 40)
      expect(await recorder.flush(limitMs)).toBe(true)
      const inSpool = await recorded(recorder, 40)
      await writeFile(join(disk.path, 'unsynced'), 'gone')

      const after = await disk.afterPowerLoss(path)
      disks.push(after)
      expect(await readFile(join(after.path, 'unsynced'), 'utf8').catch(() => '')).toBe('')
      const alone = await openOn(join(path, 'empty-spool'), join(after.path, 'store'))
      expect(sorted(await stored(alone))).toEqual(onceEach(inStore))
      await alone.close()
      const next = await openOn(await reboot(join(after.path, 'spool')), join(after.path, 'store'))
      expect(await next.flush(limitMs)).toBe(true)
      expect(sorted(await stored(next))).toEqual(onceEach([...inStore, ...inSpool]))
    },
    limitMs,
  )
})
