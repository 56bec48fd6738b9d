import type { JobRef } from '../model/job.ts'
import type { ApiClient } from './client.ts'

const cancelTimeoutMs = 10_000

/** Asks BigQuery to stop a job. Best effort, as BigQuery itself has it: the job's own time limit holds in any case. */
export async function cancelJob(call: ApiClient, { project, jobId, location }: JobRef): Promise<void> {
  const path = `/jobs/${encodeURIComponent(jobId)}/cancel`
  const signal = AbortSignal.timeout(cancelTimeoutMs)
  await call({ method: 'POST', project, path, query: { location }, body: {} }, signal).catch(() => {})
}
