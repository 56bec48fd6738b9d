import type { WarehousePort } from '../gateway/ports.ts'
import { isProtected } from '../model/governed.ts'
import type { KnownJob, RunningJob, RunningJobFacts } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { Started } from '../model/session-event.ts'
import { cancelJob } from './cancel.ts'
import { type ApiClient, abortFailure } from './client.ts'
import { insertJob } from './insert-job.ts'
import { jobLabels } from './labels.ts'
import { noteParameter, wireParameters } from './query-parameters.ts'
import { shownFailure } from './shown-failure.ts'
import { wireDestination } from './transfer-request.ts'

type Evidence = Pick<Started, 'statement' | 'decision' | 'governed'>

/** Starts the job that the record names. */
export function openExecute(call: ApiClient): WarehousePort['execute'] {
  return async ({ event }, signal, note) => {
    if (signal.aborted) throw abortFailure(signal)
    const inserted = startJob(call, event, note)
    try {
      const cost = await unlessAborted(inserted, signal)
      return runningJob({ ...event, ref: event.job, startedAt: event.at }, event, cost)
    } catch (thrown) {
      // Cancelled once BigQuery knows of it; before that there would be nothing to cancel.
      if (signal.aborted) inserted.then(() => cancelJob(call, event.job)).catch(() => {})
      throw shownFailure(thrown, isProtected(event.governed.value))
    }
  }
}

/** A job that runs already, where the query was asked again. */
export const resumeJob: WarehousePort['resume'] = (known, prepared) => runningJob(known, prepared)

function runningJob(known: KnownJob, { statement, decision, governed }: Evidence, cost?: JobStatistics): RunningJob {
  const { ref, principal, origin, startedAt } = known
  const started = { ref, principal, origin, statement, decision, governed: governed.value, startedAt }
  const facts: RunningJobFacts = cost === undefined ? started : { ...started, cost }
  return facts as RunningJob
}

// A parameter that cannot be written fails the job as BigQuery's refusal of it would.
async function startJob(call: ApiClient, started: Started, note: string | undefined) {
  return insertJob(call, { job: started.job, requestId: started.origin.requestId }, jobRequest(started, note))
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortFailure(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

function jobRequest(started: Started, note: string | undefined): Record<string, unknown> {
  const { job, governed, limits, statement, asked } = started
  const { useQueryCache, priority } = asked.hints ?? {}
  const { maximumBytesBilled, timeoutMs } = limits
  const parameters = [...governed.value.parameters, ...(note === undefined ? [] : [noteParameter(note)])]
  return {
    jobReference: { projectId: job.project, jobId: job.jobId, location: job.location },
    configuration: {
      labels: jobLabels(started),
      ...(timeoutMs === undefined ? {} : { jobTimeoutMs: String(timeoutMs) }),
      query: {
        query: governed.value.text,
        useLegacySql: false,
        ...wireParameters(parameters),
        ...(statement.destination === undefined ? {} : wireDestination(statement.destination)),
        ...(useQueryCache === undefined ? {} : { useQueryCache }),
        ...(priority === undefined ? {} : { priority }),
        ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
      },
    },
  }
}
