import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { JobRef } from '../model/job.ts'
import type { ApiClient } from './client.ts'

const cancelTimeoutMs = 10_000
/** A job that is only just beginning may not hear the first call. */
const repeatAfterMs = [500, 2_000, 5_000]

const cancelAnswer = z.object({ job: z.object({ status: z.object({ state: z.string() }) }) })

/** Asks BigQuery to stop a job. Best effort, as BigQuery itself has it: the job's own time limit holds in any case. */
export async function cancelJob(call: ApiClient, job: JobRef): Promise<void> {
  if (!(await isEnded(call, job))) void repeatCancel(call, job)
}

async function repeatCancel(call: ApiClient, job: JobRef): Promise<void> {
  for (const delayMs of repeatAfterMs) {
    await sleep(delayMs, undefined, { ref: false })
    if (await isEnded(call, job)) return
  }
}

/** Cancels, and says whether there is nothing left to cancel. */
async function isEnded(call: ApiClient, { project, jobId, location }: JobRef): Promise<boolean> {
  const path = `/jobs/${encodeURIComponent(jobId)}/cancel`
  const signal = AbortSignal.timeout(cancelTimeoutMs)
  try {
    const answer = await call({ method: 'POST', project, path, query: { location }, body: {} }, signal)
    return cancelAnswer.parse(answer).job.status.state === 'DONE'
  } catch {
    return true
  }
}
