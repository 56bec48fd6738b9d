import type { Decision, Estimate } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { GovernedSql, Verified } from '../model/governed.ts'
import type { JobRef, KnownJob, RunningJob } from '../model/job.ts'
import type { Started } from '../model/session-event.ts'
import type { Statement } from '../model/statement.ts'
import { closingFailures } from './close-failed.ts'
import { compareReadings } from './compare-readings.ts'
import { wantsEstimate } from './estimate-when.ts'
import { governOnce } from './govern-once.ts'
import { isNameTaken, jobOf, nameTaken } from './job-seed.ts'
import { fingerprintOf, sealQuery } from './kept-query.ts'
import { openQueryVisit } from './open-visit.ts'
import type { ExplainOutcome, FetchOutcome, Refusal, StartOutcome } from './outcome.ts'
import type { EstimateRequest, OnProgress, PageRequest, Ports } from './ports.ts'
import type { Query, Visit } from './query.ts'
import { questionAbout } from './question.ts'
import { readStatement } from './read-statement.ts'
import { recordPage } from './record-page.ts'
import { refuse } from './refuse.ts'
import { refuseUnderstood } from './refuse-understood.ts'
import { sameObligations } from './same-obligations.ts'
import { tightest } from './tightest-limits.ts'
import { timed } from './timed.ts'

/** Starts a query: when this returns `running`, its record is durable and its job belongs to one principal. */
export async function start(query: Query, ports: Ports): Promise<StartOutcome> {
  const visit = await openQueryVisit(query, ports)
  return closingFailures(visit, ports, async () => {
    const ref = jobOf(query, visit, ports)
    const [prepared, isTaken] = await Promise.all([prepare(visit, ports), isNameTaken(query, ref, ports, visit.signal)])
    if (prepared.state !== 'ready') return prepared
    if (isTaken) throw nameTaken()

    const note = sealQuery(query, { ...prepared, governed: prepared.governed.value }, ports)
    const started = await ports.record(startedEvent(visit, prepared, query, ref, ports))
    const job = await ports.warehouse.execute(started, visit.signal, note)
    return { state: 'running', job }
  })
}

/**
 * Opens the rows of a job that another replica started. The query is asked again, of the policy as it is now: its rows are
 * shown only where the very same would be sent to BigQuery.
 */
export async function resume(query: Query, known: KnownJob, fingerprint: string, ports: Ports): Promise<StartOutcome> {
  const visit = await openQueryVisit(query, ports)
  return closingFailures(visit, ports, async () => {
    const prepared = await prepare(visit, ports)
    if (prepared.state !== 'ready') return prepared

    if (fingerprintOf(prepared.governed.value, prepared.statement, ports) !== fingerprint) throw outdated()
    return { state: 'running', job: ports.warehouse.resume(known, prepared) }
  })
}

/** Fetches one page of a running job: nothing is answered that is not redacted and on record. */
export async function fetch(
  job: RunningJob,
  request: PageRequest,
  ports: Ports,
  signal: AbortSignal,
  onProgress?: OnProgress,
): Promise<FetchOutcome> {
  const visit = { principal: job.principal, origin: job.origin, job: job.ref, beganAt: job.startedAt }
  return closingFailures(visit, ports, async () => {
    const page = await ports.warehouse.page(job, request, signal, onProgress)
    return { job, recorded: await recordPage(page, request, job, ports) }
  })
}

/** The same for a client that does not wait for ever: undefined where the job runs longer than `waitMs`. */
export async function fetchWithin(
  job: RunningJob,
  request: PageRequest,
  waitMs: number,
  ports: Ports,
  signal: AbortSignal,
): Promise<FetchOutcome | undefined> {
  const visit = { principal: job.principal, origin: job.origin, job: job.ref, beganAt: job.startedAt }
  return closingFailures(visit, ports, async () => {
    const page = await ports.warehouse.pageWithin(job, request, waitMs, signal)
    return page === undefined ? undefined : { job, recorded: await recordPage(page, request, job, ports) }
  })
}

/** What would happen to a query: everything but the run. `estimate: true` asks BigQuery for a dry run as well. */
export async function explain(query: Query, options: { estimate: boolean }, ports: Ports): Promise<ExplainOutcome> {
  const visit = await openQueryVisit(query, ports)
  return closingFailures(visit, ports, async () => {
    const prepared = await prepare(visit, ports, options)
    if (prepared.state !== 'ready') return prepared

    const { statement, decision, governed, estimate } = prepared
    const { principal, origin, asked } = visit
    const at = ports.now()
    const recorded = await ports.record({
      ...{ type: 'finished' as const, at, principal, origin, asked, statement, decision },
      ...{ statistics: {}, rowsDelivered: 0, durationMs: at.getTime() - visit.beganAt.getTime() },
    })
    return {
      state: 'allowed',
      statement,
      decision,
      governed,
      recorded,
      ...(estimate === undefined ? {} : { estimate }),
    }
  })
}

type Prepared = {
  readonly state: 'ready'
  readonly statement: Statement
  readonly decision: Decision
  readonly governed: Verified<GovernedSql>
  readonly estimate?: Estimate
}

/** Every step before a job could start, in order: understand, decide, govern, verify beside the dry run, decide again. */
async function prepare(visit: Visit, ports: Ports, options = { estimate: false }): Promise<Prepared | Refusal> {
  const reading = await readStatement(visit, ports)
  if (reading.state === 'refused') return reading.refusal
  const { analyzed } = reading
  const { statement } = analyzed

  const decision = await ports.decide(questionAbout(visit, statement, ports))
  if (decision.effect !== 'allow') return refuseUnderstood(reading, decision, ports)

  const governed = timed(ports, 'govern', () => governOnce(analyzed, decision, ports.maskKey))
  const estimateWanted = options.estimate || wantsEstimate(statement, decision, ports.settings.dryRun)
  const [verified, estimate] = await Promise.all([
    ports.verify(governed, visit.signal),
    estimateWanted ? ports.warehouse.estimate(estimateRequest(governed, visit), visit.signal) : undefined,
  ])
  const ready = { state: 'ready' as const, statement, governed: verified }
  if (estimate === undefined) return { ...ready, decision }

  compareReadings(governed, estimate)
  const final = await ports.decide(questionAbout(visit, statement, ports, estimate))
  if (final.effect !== 'allow') return refuse(visit, statement, final, ports)
  if (!sameObligations(decision, final)) throw new Failure('policy_unstable')
  return { ...ready, estimate, decision: final }
}

function startedEvent(visit: Visit, prepared: Prepared, query: Query, job: JobRef, ports: Ports): Started {
  const { principal, origin, asked } = visit
  const { statement, decision, governed, estimate } = prepared
  return {
    ...{ type: 'started', at: ports.now(), principal, origin, asked, statement, decision, governed },
    limits: tightest(decision.limits, query.limits, ports.settings),
    job,
    ...(estimate === undefined ? {} : { estimate }),
  }
}

function outdated(): Failure {
  return new Failure('operation_refused', {
    detail: 'The policy or the tables have changed since the query ran.',
    next: 'Run the query again.',
  })
}

function estimateRequest(governed: GovernedSql, visit: Visit): EstimateRequest {
  const { project, location } = visit.asked
  return { governed, project, location, labels: {} }
}
