import type { JobRef } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { ApiClient } from './client.ts'
import { readJob } from './job-answer.ts'

/** What a finished job cost, which its results do not say. Nothing where BigQuery does not tell: the rows still count. */
export async function jobCost(call: ApiClient, job: JobRef, signal: AbortSignal): Promise<JobStatistics> {
  try {
    return (await readJob(call, job, signal)).ended?.statistics ?? {}
  } catch {
    return {}
  }
}
