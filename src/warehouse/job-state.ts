import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import type { JobRef } from '../model/job.ts'
import type { ApiClient } from './client.ts'

const jobAnswer = z.object({
  status: z.object({ state: z.string(), errorResult: z.object({ reason: z.string() }).partial().optional() }),
})

/** What became of a job: `done`, `running`, `pending`, `failed: REASON`, `never_started` or `unknown`. */
export async function jobState(call: ApiClient, { project, jobId, location }: JobRef): Promise<string> {
  try {
    const path = `/jobs/${encodeURIComponent(jobId)}`
    const answer = await call({ method: 'GET', project, path, query: { location } }, AbortSignal.timeout(10_000))
    const { state, errorResult } = jobAnswer.parse(answer).status
    return errorResult === undefined ? state.toLowerCase() : `failed: ${errorResult.reason ?? 'no reason given'}`
  } catch (thrown) {
    return thrown instanceof Failure && thrown.code === 'warehouse_not_found' ? 'never_started' : 'unknown'
  }
}
