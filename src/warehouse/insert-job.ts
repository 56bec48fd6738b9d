import { Failure } from '../model/failure.ts'
import type { ApiClient } from './client.ts'

/**
 * Starts a job under the id that its body has. It goes on when the client leaves, so that it is known whether there is a
 * job. One that is there already is the same one: an id is on record once.
 */
export async function insertJob(call: ApiClient, project: string, body: Record<string, unknown>): Promise<void> {
  try {
    await call({ method: 'POST', project, path: '/jobs', body }, new AbortController().signal)
  } catch (thrown) {
    if (!(thrown instanceof Failure && thrown.code === 'warehouse_duplicate')) throw thrown
  }
}
