import type { WarehousePort } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import type { RunningJob, RunningJobFacts } from '../model/job.ts'
import type { Started } from '../model/session-event.ts'
import type { ApiClient } from './client.ts'
import { jobLabels } from './labels.ts'
import { wireParameters } from './query-parameters.ts'
import { shownFailure } from './shown-failure.ts'

/** Starts the job that the record names. A job that is there already is the same one: the id is on record once. */
export function openExecute(call: ApiClient): WarehousePort['execute'] {
  return async ({ event }, signal) => {
    const { project } = event.job
    try {
      await call({ method: 'POST', project, path: '/jobs', body: jobRequest(event) }, signal)
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.code === 'warehouse_duplicate')) {
        throw shownFailure(thrown, event.governed.value)
      }
    }
    return jobOf(event) as RunningJob
  }
}

function jobRequest(started: Started): Record<string, unknown> {
  const { job, governed, limits } = started
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
        ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
      },
    },
  }
}

function jobOf({ job, principal, origin, statement, decision, governed, at }: Started): RunningJobFacts {
  return { ref: job, principal, origin, statement, decision, governed: governed.value, startedAt: at }
}
