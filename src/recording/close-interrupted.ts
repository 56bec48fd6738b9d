import type { JobRef } from '../model/job.ts'
import type { Interrupted } from '../model/session-event.ts'
import type { OpenRequest } from './open-requests.ts'

export type JobState = (job: JobRef) => Promise<string>

/** The closing events of requests whose process died, with what the warehouse says became of each job. */
export async function interruptedEvents(
  open: readonly OpenRequest[],
  jobState: JobState,
  now: Date,
): Promise<readonly Interrupted[]> {
  return Promise.all(
    open.map(async ({ origin, principal, job }) => {
      return { type: 'interrupted', at: now, origin, principal, job, jobState: await stateOf(job, jobState) } as const
    }),
  )
}

// The request is closed whether or not the warehouse can be asked.
async function stateOf(job: JobRef, jobState: JobState): Promise<string> {
  try {
    return await jobState(job)
  } catch {
    return 'unknown'
  }
}
