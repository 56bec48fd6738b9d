import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { openRecorder, type Recorder } from '../src/recording/open-recorder.ts'
import { recordingOptions } from '../src/recording/options.ts'
import { rowsOfEvent } from '../src/recording/rows/rows-of-event.ts'
import { sampleDenied, sampleStarted } from '../test/fakes/sample-events.ts'
import { benchSearch, cpuMs, type SearchBench } from './record-search.ts'

export type RecordBenchOptions = {
  readonly appendsPerWriter: number
  readonly writers: readonly number[]
  readonly storeEvents: number
  /** Made-up events that searches are timed over; none where absent. */
  readonly searchRows?: number
  /** A directory on the disk to be measured. */
  readonly directory?: string
}

export type AppendTimes = { readonly p50Ms: number; readonly p99Ms: number; readonly cpuMs: number }
export type RecordBench = {
  readonly bytesPerEvent: number
  readonly appends: readonly {
    readonly writers: number
    readonly recorder: AppendTimes
    readonly rawLoop: AppendTimes
    readonly ratioP50: number
  }[]
  readonly store: {
    readonly events: number
    readonly rows: number
    readonly seconds: number
    readonly rowsPerSecond: number
    readonly gatewayCpuSeconds: number
    readonly storeCpuSeconds: number
    readonly rowsPerSecondAndCore: number
    readonly bytesPerRow: number
    /** From an event's time to its row being readable, while events come in. */
    readonly lagMs: { readonly p50: number; readonly p99: number }
  }
  readonly search?: SearchBench
}

/** Durable appends beside the same bytes written and synced by hand, and how fast the store takes a full spool. */
export async function benchRecord(options: RecordBenchOptions): Promise<RecordBench> {
  const path = await mkdtemp(join(options.directory ?? tmpdir(), 'sluice-bench-'))
  try {
    const settings = { tenant: 'bench', resultMaxRows: 0, resultMaxBytes: 0 }
    const drafts = rowsOfEvent(sampleDenied(), 'event', settings)
    const bytesPerEvent = drafts.reduce((sum, { json }) => sum + json.length + 160, 0)
    const appends = []
    for (const writers of options.writers) {
      const rawLoop = await rawAppends(join(path, `raw-${writers}`), writers, options.appendsPerWriter, bytesPerEvent)
      const recorder = await recordedAppends(join(path, `spool-${writers}`), writers, options.appendsPerWriter)
      appends.push({ writers, recorder, rawLoop, ratioP50: round(recorder.p50Ms / rawLoop.p50Ms) })
    }
    const store = await drainedEvents(path, options.storeEvents)
    const { searchRows = 0 } = options
    const search = searchRows === 0 ? {} : { search: await benchSearch(searchRows, options.directory) }
    return { bytesPerEvent, appends, store, ...search }
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

async function recordedAppends(spoolPath: string, writers: number, appends: number): Promise<AppendTimes> {
  const options = recordingOptions.parse({ spoolPath, store: { kind: 'none' } })
  const recorder = await openRecorder(options, { now: () => new Date() })
  // Refusals, for starts that nobody ends would fill the head of every segment, as they never do in a gateway.
  const events = Array.from({ length: sampleEvents }, () => sampleDenied())
  let next = 0
  const times = await measured(writers, appends, () => {
    next += 1
    return recorder.record(events[next % sampleEvents] ?? sampleDenied())
  })
  await recorder.close()
  return times
}

// The floor: as many bytes gathered in the same way, but nothing except write and fdatasync; nobody prints or hashes them.
async function rawAppends(path: string, writers: number, appends: number, bytes: number): Promise<AppendTimes> {
  const file = await open(path, 'wx')
  let pending: (() => void)[] = []
  let isRunning = false
  let position = 0
  const run = async () => {
    isRunning = true
    while (pending.length > 0) {
      const group = pending
      pending = []
      const block = Buffer.alloc(bytes * group.length, 0x61)
      await file.write(block, 0, block.length, position)
      position += block.length
      await file.datasync()
      for (const resolve of group) resolve()
    }
    isRunning = false
  }
  const append = () =>
    new Promise<void>(resolve => {
      pending.push(resolve)
      if (!isRunning) void run()
    })
  const times = await measured(writers, appends, append)
  await file.close()
  return times
}

/** Made before the clock starts: to make an event is no part of putting it on disk. */
const sampleEvents = 256

/** Code that has run this often is compiled; a gateway is in that state all day. */
const warmUpAppends = 3_000

async function measured(writers: number, appends: number, append: () => Promise<unknown>): Promise<AppendTimes> {
  for (let done = 0; done < warmUpAppends; done += 100) await Promise.all(Array.from({ length: 100 }, append))
  const times: number[] = []
  const cpuBefore = process.cpuUsage()
  const write = async () => {
    for (let index = 0; index < appends; index += 1) {
      const began = performance.now()
      await append()
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  times.sort((a, b) => a - b)
  const { user, system } = process.cpuUsage(cpuBefore)
  const cpu = (user + system) / 1_000 / times.length
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), cpuMs: round(cpu) }
}

async function drainedEvents(path: string, events: number) {
  const common = { spoolPath: join(path, 'spool'), spoolMaxBytes: 64 * 1024 ** 3 }
  const filling = await openRecorder(recordingOptions.parse({ ...common, store: { kind: 'none' } }), {
    now: () => new Date(),
  })
  for (let done = 0; done < events; done += 500) {
    await Promise.all(Array.from({ length: Math.min(500, events - done) }, () => filling.record(sampleDenied())))
  }
  await filling.close()
  const store = { kind: 'embedded', path: join(path, 'store') }
  let rows = 0
  const began = performance.now()
  const cpuBefore = process.cpuUsage()
  const recorder = await openRecorder(recordingOptions.parse({ ...common, store }), {
    now: () => new Date(),
    hooks: { sent: (_, count) => (rows += count) },
  })
  const opened = performance.now()
  const storeCpuBefore = await cpuMs(recorder.store?.pid?.())
  await recorder.flush(600_000)
  const seconds = (performance.now() - opened) / 1_000
  const storeCpuSeconds = ((await cpuMs(recorder.store?.pid?.())) - storeCpuBefore) / 1_000
  const cpu = process.cpuUsage(cpuBefore)
  const drained = rows
  const lagMs = await lagUnderLoad(recorder)
  const [size] = await query<{ bytes: number }>(recorder, bytesSql)
  await recorder.close()
  return {
    ...{ events, rows: drained, seconds: round(seconds), rowsPerSecond: Math.round(drained / seconds) },
    ...{ storeCpuSeconds: round(storeCpuSeconds), rowsPerSecondAndCore: Math.round(drained / storeCpuSeconds) },
    ...{ gatewayCpuSeconds: round((cpu.user + cpu.system) / 1e6), bytesPerRow: Number(size?.bytes ?? 0), lagMs },
    openedMs: Math.round(opened - began),
  }
}

const bytesSql = `SELECT toUInt64(sum(bytes_on_disk) / sum(rows)) AS bytes FROM system.parts
  WHERE active AND database = 'sluice'`
const loadMs = 5_000

/** Events at a steady pace, and how long after its time each was stored. */
async function lagUnderLoad(recorder: Recorder): Promise<{ p50: number; p99: number }> {
  const from = new Date()
  for (const until = Date.now() + loadMs; Date.now() < until; await sleep(20)) {
    await Promise.all(Array.from({ length: 4 }, () => recorder.record(sampleStarted())))
  }
  await recorder.flush(60_000)
  const lag = "dateDiff('millisecond', ts, stored_at)"
  const [row] = await query<{ p50: number; p99: number }>(
    recorder,
    `SELECT quantile(0.5)(${lag}) AS p50, quantile(0.99)(${lag}) AS p99 FROM sluice.events
      WHERE ts >= fromUnixTimestamp64Milli(${from.getTime()})`,
  )
  return { p50: Math.round(Number(row?.p50)), p99: Math.round(Number(row?.p99)) }
}

async function query<T>({ store }: Recorder, query: string): Promise<readonly T[]> {
  const answer = await store?.client.query({ query, format: 'JSONEachRow' })
  return (await answer?.json<T>()) ?? []
}

function quantile(sorted: readonly number[], share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      appends: { type: 'string', default: '1000' },
      writers: { type: 'string', default: '1,10,100' },
      events: { type: 'string', default: '50000' },
      rows: { type: 'string', default: '0' },
      directory: { type: 'string' },
      'search-only': { type: 'boolean', default: false },
    },
  })
  if (values['search-only']) {
    console.log(JSON.stringify(await benchSearch(Number(values.rows), values.directory), null, 2))
    process.exit(0)
  }
  const report = await benchRecord({
    appendsPerWriter: Number(values.appends),
    writers: values.writers.split(',').map(Number),
    storeEvents: Number(values.events),
    searchRows: Number(values.rows),
    ...(values.directory !== undefined && { directory: values.directory }),
  })
  console.log(JSON.stringify(report, null, 2))
}
