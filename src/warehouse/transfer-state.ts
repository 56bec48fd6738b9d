import type { JobRef } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { ApiClient } from './client.ts'
import { readJob } from './job-answer.ts'

/** What a load, copy or extract job has moved; undefined while it runs. Throws what it failed with. */
export async function transferState(
  call: ApiClient,
  job: JobRef,
  signal: AbortSignal,
): Promise<JobStatistics | undefined> {
  const { ended } = await readJob(call, job, signal)
  if (ended?.failure !== undefined) throw ended.failure.full
  return ended?.statistics
}
