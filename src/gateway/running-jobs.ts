import type { RunningJob } from '../model/job.ts'
import { type PrincipalClaims, principalId } from '../model/principal.ts'

/** Jobs whose further pages this replica can serve. */
export type RunningJobs = {
  readonly keep: (job: RunningJob) => void
  /** The caller's own job; somebody else's does not exist. */
  readonly find: (jobId: string, principal: Pick<PrincipalClaims, 'issuer' | 'subject'>) => RunningJob | undefined
}

/** Remembers at most `limit` jobs; the oldest makes room. */
export function openRunningJobs(limit: number): RunningJobs {
  const jobs = new Map<string, RunningJob>()
  return {
    keep(job) {
      jobs.set(job.ref.jobId, job)
      const [oldest] = jobs.keys()
      if (jobs.size > limit && oldest !== undefined) jobs.delete(oldest)
    },
    find(jobId, principal) {
      const job = jobs.get(jobId)
      return job !== undefined && principalId(job.principal) === principalId(principal) ? job : undefined
    },
  }
}
