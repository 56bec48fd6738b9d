import type { WarehousePort } from '../gateway/ports.ts'
import type { RunningJob, RunningJobFacts } from '../model/job.ts'
import type { Started } from '../model/session-event.ts'
import { cancelJob } from './cancel.ts'
import { type ApiClient, abortFailure } from './client.ts'
import { insertJob } from './insert-job.ts'
import { jobLabels } from './labels.ts'
import { wireParameters } from './query-parameters.ts'
import { shownFailure } from './shown-failure.ts'
import { wireDestination } from './transfer-request.ts'

/** Starts the job that the record names. */
export function openExecute(call: ApiClient): WarehousePort['execute'] {
  return async ({ event }, signal) => {
    if (signal.aborted) throw abortFailure(signal)
    const inserted = startJob(call, event)
    try {
      await unlessAborted(inserted, signal)
    } catch (thrown) {
      // Cancelled once BigQuery knows of it; before that there would be nothing to cancel.
      if (signal.aborted) inserted.then(() => cancelJob(call, event.job)).catch(() => {})
      throw shownFailure(thrown, event.governed.value)
    }
    return jobOf(event) as RunningJob
  }
}

// A parameter that cannot be written fails the job as BigQuery's refusal of it would.
async function startJob(call: ApiClient, started: Started): Promise<void> {
  await insertJob(call, started.job.project, jobRequest(started))
}

function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortFailure(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

function jobRequest(started: Started): Record<string, unknown> {
  const { job, governed, limits, statement, asked } = started
  const { useQueryCache, priority } = asked.hints ?? {}
  const { maximumBytesBilled, timeoutMs } = limits
  return {
    jobReference: { projectId: job.project, jobId: job.jobId, location: job.location },
    configuration: {
      labels: jobLabels(started),
      ...(timeoutMs === undefined ? {} : { jobTimeoutMs: String(timeoutMs) }),
      query: {
        query: governed.value.text,
        useLegacySql: false,
        ...wireParameters(governed.value.parameters),
        ...(statement.destination === undefined ? {} : wireDestination(statement.destination)),
        ...(useQueryCache === undefined ? {} : { useQueryCache }),
        ...(priority === undefined ? {} : { priority }),
        ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
      },
    },
  }
}

function jobOf({ job, principal, origin, statement, decision, governed, at }: Started): RunningJobFacts {
  return { ref: job, principal, origin, statement, decision, governed: governed.value, startedAt: at }
}
