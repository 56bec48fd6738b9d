import { Failure } from '../model/failure.ts'
import type { JobRef } from '../model/job.ts'
import type { ApiClient } from './client.ts'
import { readJob } from './job-answer.ts'
import { labelText } from './labels.ts'

/**
 * Starts a job under the id that its body has. It goes on when the client leaves, so that it is known whether there is a
 * job. One that is there already is the same one where the same request has started it: the call was sent twice.
 */
export async function insertJob(
  call: ApiClient,
  { job, requestId }: { readonly job: JobRef; readonly requestId: string },
  body: Record<string, unknown>,
): Promise<void> {
  const { signal } = new AbortController()
  try {
    await call({ method: 'POST', project: job.project, path: '/jobs', body }, signal)
  } catch (thrown) {
    if (!(thrown instanceof Failure && thrown.code === 'warehouse_duplicate')) throw thrown
    if ((await readJob(call, job, signal)).requestId !== labelText(requestId)) throw thrown
  }
}
