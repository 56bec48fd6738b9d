import { Failure } from '../model/failure.ts'
import type { FoundJob } from '../model/found-job.ts'
import type { JobRef } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { ApiClient } from './client.ts'
import { costIn, readJob } from './job-answer.ts'
import { labelText } from './labels.ts'

/**
 * Starts a job under the id that its body has, and gives what it cost where it has ended already. The call goes on when the
 * client leaves, so that it is known whether there is a job. One that is there already is the same one where the same
 * request has started it: the call was sent twice.
 */
export async function insertJob(
  call: ApiClient,
  { job, requestId }: { readonly job: JobRef; readonly requestId: string },
  body: Record<string, unknown>,
): Promise<JobStatistics | undefined> {
  const { signal } = new AbortController()
  try {
    return costIn(await call({ method: 'POST', project: job.project, path: '/jobs', body }, signal))
  } catch (thrown) {
    if (!(thrown instanceof Failure && thrown.code === 'warehouse_duplicate')) throw thrown
    const found = await readJob(call, job, signal)
    if (found.requestId !== labelText(requestId)) throw joined(found, thrown)
    return undefined
  }
}

function joined({ requestId }: FoundJob, cause: Failure): Failure {
  return new Failure(
    'warehouse_duplicate',
    { detail: 'Another request has started it, and this one ran nothing.', next: 'Ask for that job.' },
    { cause: new Error(`request ${requestId} has started it`, { cause }) },
  )
}
