import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openRecorder, type Recorder } from '../../src/recording/open-recorder.ts'
import { recordingOptions } from '../../src/recording/options.ts'
import { audit } from '../../src/recording/proof/audit.ts'
import { publicKeysOf } from '../../src/recording/proof/check-checkpoints.ts'
import { storeSource } from '../../src/recording/proof/store-source.ts'

export type CrashReport = {
  readonly rounds: number
  /** Events whose writer was told that they are on record. */
  readonly confirmed: number
  readonly lost: number
  readonly duplicated: number
  /** Jobs that were sent although no start of theirs is on record. */
  readonly unrecorded: number
  /** Requests that started and have no closing event, after the last start. */
  readonly unclosed: number
  /** What `audit verify` has to say. */
  readonly findings: number
  readonly killed: Readonly<Record<Victim, number>>
  readonly seconds: number
}

const victims = ['gateway', 'store', 'both'] as const
type Victim = (typeof victims)[number]

/** Longest time that a process works before something is killed. */
const longestMs = 700
/** What rounds left behind may be much. */
const drainMs = 900_000
/** Some processes are killed while they start. */
const killedAtStart = 0.1

/** Kills the recorder's process, its store, or both, at random moments under load, round after round on one spool. */
export async function crashRounds(
  rounds: number,
  onRound: (done: number) => void = () => undefined,
): Promise<CrashReport> {
  const path = await mkdtemp(join(tmpdir(), 'sluice-crash-'))
  const began = performance.now()
  const killed = { gateway: 0, store: 0, both: 0 }
  try {
    for (let round = 0; round < rounds; round += 1) {
      const victim = victims[Math.floor(Math.random() * victims.length)] ?? 'both'
      killed[victim] += 1
      await crashOnce(path, victim)
      onRound(round + 1)
    }
    const counts = await countIn(path)
    return { rounds, ...counts, killed, seconds: Math.round((performance.now() - began) / 1_000) }
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

const settings = (path: string) => ({
  spoolPath: join(path, 'spool'),
  store: { kind: 'embedded', path: join(path, 'store') },
  flushIntervalMs: 20,
  segmentMaxBytes: 1024 ** 2,
})
const confirmedIn = (path: string) => join(path, 'confirmed')
const ranIn = (path: string) => join(path, 'ran')

async function crashOnce(path: string, victim: Victim): Promise<void> {
  const entry = fileURLToPath(new URL('crash-load.ts', import.meta.url))
  const files = [confirmedIn(path), ranIn(path)]
  const words = ['--import', 'tsx', entry, JSON.stringify(settings(path)), ...files]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exit = once(child, 'exit')
  const told = once(child, 'message', { signal: AbortSignal.timeout(60_000) })
  if (Math.random() < killedAtStart) {
    told.catch(() => undefined)
    await sleep(Math.random() * 2_000)
  } else {
    const storePid = await Promise.race([told, exit.then(() => [{}])]).then(([message]) => message.storePid)
    await sleep(Math.random() * longestMs)
    if (victim !== 'gateway') killProcess(storePid)
    // Where only the store dies, the gateway goes on against its restart.
    if (victim === 'store') await sleep(Math.random() * longestMs * 3)
  }
  kill(child)
  await exit
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL')
}

function killProcess(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It is dead already.
  }
}

async function countIn(path: string) {
  const options = recordingOptions.parse(settings(path))
  const recorder = await openRecorder(options, { now: () => new Date(), jobState: async () => 'DONE' })
  try {
    await recorder.seal()
    if (!(await recorder.flush(drainMs)))
      throw new Error(`the store did not get everything: ${JSON.stringify(recorder.health())}`)
    const [confirmed, ran] = await Promise.all([linesOf(confirmedIn(path)), linesOf(ranIn(path))])
    const events = await column(recorder, 'SELECT DISTINCT toString(event_id) AS value FROM sluice.events')
    const started = await column(recorder, "SELECT job_id AS value FROM sluice.events WHERE type = 'started'")
    const source = await storeSource(readerOf(recorder), {}, new Date())
    const report = await audit(source, { keys: publicKeysOf([recorder.signingKey.publicKeyPem]), anchored: [] })
    return {
      confirmed: confirmed.length,
      lost: confirmed.filter(id => !events.has(id)).length,
      duplicated: await duplicates(recorder),
      unrecorded: ran.filter(job => !started.has(job)).length,
      unclosed: (await column(recorder, unclosedSql)).size,
      findings: report.findings.length,
    }
  } finally {
    await recorder.close()
  }
}

const unclosedSql = `SELECT job_id AS value FROM sluice.events WHERE job_id != '' GROUP BY job_id
  HAVING countIf(type = 'started') > 0 AND countIf(type IN ('finished', 'failed', 'cancelled', 'interrupted')) != 1`

async function duplicates(recorder: Recorder): Promise<number> {
  const counts = ['events', 'column_access', 'results', 'checkpoints'].map(async table => {
    const [extra = '0'] = await column(
      recorder,
      `SELECT toString(count() - uniqExact(writer, line)) AS value FROM sluice.${table}`,
    )
    return Number(extra)
  })
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

async function column(recorder: Recorder, query: string): Promise<ReadonlySet<string>> {
  const answer = await readerOf(recorder).client.query({ query, format: 'JSONEachRow' })
  return new Set((await answer.json<{ value: string }>()).map(({ value }) => value))
}

function readerOf({ store }: Recorder) {
  if (store === undefined) throw new Error('the store did not start')
  return { client: store.client, database: store.access.database }
}

async function linesOf(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').slice(0, -1)
}
