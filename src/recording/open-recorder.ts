import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenSession, Record } from '../gateway/ports.ts'
import { interruptedEvents, type JobState } from './close-interrupted.ts'
import type { RecorderHooks } from './hooks.ts'
import type { RecordingOptions } from './options.ts'
import { sealWith } from './proof/checkpoint.ts'
import { openSigningKey, type SigningKey } from './proof/signing-key.ts'
import { record } from './record.ts'
import { timeText } from './rows/row.ts'
import { sessionBook } from './session-book.ts'
import { Drains } from './sink/drains.ts'
import { sinksOf } from './sink/sinks-of.ts'
import { Spool } from './spool/spool.ts'
import { openStore, type Store } from './store.ts'

export type RecorderDeps = {
  readonly now: () => Date
  /** What the warehouse says became of a job. Absent, it is not asked. */
  readonly jobState?: JobState
  readonly hooks?: RecorderHooks
  readonly newId?: () => string
}

export type RecorderHealth = {
  /** False where the sink fails or there is none: events are safe, but cannot be searched. */
  readonly isSinkWorking: boolean
  readonly spoolBytes: number
  readonly isCaughtUp: boolean
  readonly storeFailure?: string
}

export type Recorder = {
  readonly record: Record
  readonly openSession: OpenSession
  readonly health: () => RecorderHealth
  /** Where the records can be read; absent where there is no store or it did not start. */
  readonly store: Store | undefined
  /** What checkpoints are signed with; its public half proves them. */
  readonly signingKey: Pick<SigningKey, 'keyId' | 'publicKeyPem'>
  /** Signs now what was written since the last checkpoint. */
  readonly seal: () => Promise<void>
  /** Sends what is on disk to the store, as far as it gets in the time. True where nothing is left. */
  readonly flush: (timeoutMs: number) => Promise<boolean>
  readonly close: () => Promise<void>
}

const closeFlushMs = 5_000

/** The recorder: a spool that takes every event, and a store that gets them from it. */
export async function openRecorder(options: RecordingOptions, deps: RecorderDeps): Promise<Recorder> {
  const { hooks = {}, newId = randomUUID } = deps
  await mkdir(options.spoolPath, { recursive: true })
  const key = await openSigningKey(options.signingKeyPath ?? join(options.spoolPath, 'signing-key.pem'))
  const seal = sealWith(key, options.tenant, () => timeText(deps.now()))
  const spool = await Spool.open({ ...options, seal })
  if (spool.tornBytes > 0) hooks.torn?.(spool.tornBytes)
  const parts = { spool, newId, rows: options, hooks }
  await closeInterrupted(spool, deps, event => record(event, parts))

  const opened = await openStore(options, hooks)
  const drains = new Drains(spool, sinksOf(options, opened.store, deps.now), options, hooks)
  const sealing = setInterval(
    () => void spool.seal().catch(() => undefined),
    options.checkpointMinutes * 60_000,
  ).unref()
  const owners = await opened.store?.sessionOwners().catch(() => undefined)
  return {
    record: event => record(event, parts),
    openSession: sessionBook({
      idleMs: options.sessionIdleMinutes * 60_000,
      newId,
      ...(owners && { owners }),
    }),
    health: () => ({
      isSinkWorking: drains.isWorking,
      spoolBytes: spool.bytes,
      isCaughtUp: drains.isCaughtUp,
      ...(opened.failure !== undefined && { storeFailure: opened.failure }),
    }),
    store: opened.store,
    signingKey: key,
    seal: () => spool.seal(),
    flush: timeoutMs => drains.flush(timeoutMs),
    close: once(async () => {
      clearInterval(sealing)
      await spool.seal().catch(() => undefined)
      await drains.flush(closeFlushMs)
      await drains.stop()
      await spool.close()
      await opened.store?.close()
    }),
  }
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined
  return () => {
    closing ??= close()
    return closing
  }
}

/** How many jobs the warehouse is asked about at once. */
const askedAtOnce = 32

async function closeInterrupted(spool: Spool, { now, jobState, hooks }: RecorderDeps, recordOne: Record) {
  for (let from = 0; from < spool.open.length; from += askedAtOnce) {
    const open = spool.open.slice(from, from + askedAtOnce)
    const events = await interruptedEvents(open, jobState ?? (async () => 'not asked'), now())
    await Promise.all(events.map(recordOne))
  }
  await spool.settleAdopted()
  if (spool.open.length > 0) hooks?.interrupted?.(spool.open.length)
}
