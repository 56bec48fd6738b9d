import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Closers } from './closers.ts'
import type { Config } from './config/config.ts'
import { type Doors, doors } from './doors.ts'
import { openKnownReadings } from './gateway/known-readings.ts'
import type { Decide, Ports } from './gateway/ports.ts'
import type { AnswerRecords } from './gateway/read-records.ts'
import { type Door, listen } from './http/listen.ts'
import { listenGrpc } from './http/listen-grpc.ts'
import { openAuthenticator } from './identity/authenticate.ts'
import { openJobIds } from './job-ids.ts'
import { openJobNotes } from './job-notes.ts'
import { maskKeyOf } from './mask-key.ts'
import { openPolicy, type PolicyDecisionPoint } from './policy/open-policy.ts'
import { openProbe, openReadiness } from './readiness.ts'
import { recorderHooks } from './recorder-hooks.ts'
import { openRecorder, type Recorder } from './recording/open-recorder.ts'
import { answerQuestion } from './recording/read/answer-question.ts'
import { timingStages } from './stage-times.ts'
import type { Log } from './telemetry/log.ts'
import { type Metrics, openMetrics } from './telemetry/metrics.ts'
import { timedPorts } from './timed-ports.ts'
import { googlesqlReferenceFiles } from './tools/googlesql-reference.ts'
import { openVerifier, type Verifier } from './verification/verify.ts'
import { openWarehouse, type Warehouse } from './warehouse/open-warehouse.ts'

/** A gateway that listens. */
export type App = {
  readonly url: URL
  readonly operationsUrl: URL
  /** Where the Storage Read API is served, as clients take it: `127.0.0.1:8081`. */
  readonly storageEndpoint?: string
  /** Where the records can be read; absent where there is no store or it did not start. */
  readonly store: Recorder['store']
  /** Takes no more requests, lets running ones end, and brings what is on record to the store. */
  readonly close: () => Promise<void>
}

type Parts = {
  readonly warehouse: Warehouse
  readonly recorder: Recorder
  readonly verifier: Verifier
  readonly policy: PolicyDecisionPoint
}

/** The composition root: every adapter behind its port, the doors before them, and all of it closed again in order. */
export async function openApp(config: Config, log: Log): Promise<App> {
  const closers = new Closers()
  try {
    const metrics = openMetrics()
    const parts = await openParts(config, log, metrics, closers)
    measure(metrics, parts)
    const nameKey = config.gateway.jobKey ?? randomBytes(32).toString('hex')
    const ports = timedPorts(portsOf(config, parts, metrics, nameKey))
    await untilVerifierReads(parts.verifier)
    const { http, storage } = doors(config, {
      ...{ ports, nameKey, log, metrics },
      answerRecords: answerFrom(parts.recorder.store),
    })
    const listening = await listen(config.http, {
      ...{ log, metrics, doors: [timingDoor, ...http] },
      notReady: readinessOf(config, parts),
    })
    closers.add(listening.close)
    const storageEndpoint = await listenForStorage(config, storage, closers)
    const { url, operationsUrl } = listening
    log.info({ url: url.href, operationsUrl: operationsUrl.href, storageEndpoint }, 'Sluice listens')
    const places = { url, operationsUrl, ...(storageEndpoint === undefined ? {} : { storageEndpoint }) }
    return { ...places, store: parts.recorder.store, close: closers.closeAll }
  } catch (thrown) {
    await closers.closeAll()
    throw thrown
  }
}

/** First, so that every route behind it is timed. */
const timingDoor: Door = app => {
  app.addHook('onRequest', (_, __, done) => timingStages(done))
}

function answerFrom(store: Recorder['store']): AnswerRecords | undefined {
  if (store === undefined) return undefined
  const reader = { client: store.readClient, database: store.access.database }
  return (question, signal) => answerQuestion(reader, question, signal)
}

async function listenForStorage({ http, storage }: Config, service: Doors['storage'], closers: Closers) {
  const { port, ...limits } = storage
  if (port === undefined) return undefined
  const { endpoint, close } = await listenGrpc(http, { ...limits, port }, service)
  closers.add(close)
  return endpoint
}

const now = () => new Date()
const verifierStartMs = 30_000
const pollMs = 20

/** The first clients do not wait for threads to start. One that cannot start shows in the readiness instead. */
async function untilVerifierReads(verifier: Verifier): Promise<void> {
  const until = performance.now() + verifierStartMs
  while (verifier.health().by !== 'nobody' && verifier.health().ready === 0 && performance.now() < until) {
    await sleep(pollMs)
  }
}

/** In the order in which they are closed again from the end: the recorder outlives whatever may still record. */
async function openParts(config: Config, log: Log, metrics: Metrics, closers: Closers): Promise<Parts> {
  const warehouse = await openWarehouse(config.warehouse)
  closers.add(warehouse.close)
  const { jobState } = warehouse
  const recorder = await openRecorder(config.recording, { now, jobState, hooks: recorderHooks(log, metrics) })
  closers.add(recorder.close)
  const verifier = await openVerifier(config.verification, { reference: googlesqlReferenceFiles() })
  closers.add(verifier.close)
  const policy = await openPolicy(config.policy, {
    environment: config.gateway.environment,
    ...{ now, newId: randomUUID },
    onLoad: health => {
      if (health.failure === undefined) log.info({ revision: health.revision }, 'a policy was loaded')
      else log.error({ ...health }, 'a policy could not be loaded')
    },
  })
  closers.add(policy.close)
  if (verifier.health().by === 'nobody') log.error("Google's analyzer is missing: every query is refused")
  return { warehouse, recorder, verifier, policy }
}

function portsOf(config: Config, parts: Parts, metrics: Metrics, nameKey: string): Ports {
  const { gateway, warehouse: place } = config
  const { newJobId, isOwnedBy } = openJobIds(nameKey)
  const { warehouse, recorder, verifier, policy } = parts
  const { environment, dryRun, maxQueryBytes, maxRowsPerPage, defaultTimeoutMs } = gateway
  return {
    authenticate: openAuthenticator(config.identity, now),
    openSession: recorder.openSession,
    catalog: warehouse.catalog,
    decide: counted(policy.decide, metrics),
    verify: verifier.verify,
    warehouse: warehouse.port,
    transfers: warehouse.transfers,
    jobs: warehouse.jobs,
    record: recorder.record,
    readings: openKnownReadings(),
    now,
    newId: randomUUID,
    digest: text => createHash('sha256').update(text).digest('hex'),
    newJobId,
    isJobOwnedBy: isOwnedBy,
    jobNotes: openJobNotes(nameKey),
    observe: metrics.observeStage,
    settings: {
      ...{ environment, dryRun, maxQueryBytes, maxRowsPerPage, defaultTimeoutMs },
      project: place.project,
      location: place.location,
    },
    ...(gateway.maskKey === undefined ? {} : { maskKey: maskKeyOf(gateway.maskKey) }),
  }
}

function counted(decide: Decide, metrics: Metrics): Decide {
  return async question => {
    const decision = await decide(question)
    metrics.countDecision(decision.effect)
    return decision
  }
}

function readinessOf(config: Config, { warehouse, ...parts }: Parts) {
  const look = (signal: AbortSignal) => warehouse.catalog.datasets(config.warehouse.project, signal)
  return openReadiness({ ...parts, spoolMaxBytes: config.recording.spoolMaxBytes, warehouse: openProbe(look) })
}

function measure({ addGauge }: Metrics, { recorder, verifier, policy }: Parts): void {
  addGauge('sluice_spool_bytes', 'Bytes of events on disk.', () => recorder.health().spoolBytes)
  addGauge('sluice_spool_caught_up', 'Whether the store has every event.', () => +recorder.health().isCaughtUp)
  addGauge('sluice_sink_working', 'Whether the store takes events.', () => +recorder.health().isSinkWorking)
  addGauge('sluice_policy_loaded', 'Whether a good policy serves.', () => +(policy.health().revision !== undefined))
  addGauge('sluice_verifier_threads', 'Threads ready to verify.', () => verifier.health().ready)
  addGauge('sluice_verifier_queued', 'Queries that wait for a thread.', () => verifier.health().queued)
  addGauge('sluice_verifier_disagreed', 'Queries that two readers read otherwise.', () => verifier.health().disagreed)
  addGauge('sluice_verifier_mistakes', 'Queries that break a rule of GoogleSQL.', () => verifier.health().mistakes)
}
