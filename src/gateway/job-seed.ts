import { Failure } from '../model/failure.ts'
import type { JobRef } from '../model/job.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'

/** What a client calls its job, or the request that starts it: one name of one owner is one job on every replica. */
export type JobName = { readonly jobId?: string; readonly requestKey?: string }

export function jobSeed({ jobId, requestKey }: JobName): string | undefined {
  if (jobId !== undefined) return `job ${jobId}`
  return requestKey === undefined ? undefined : `request ${requestKey}`
}

/** The job that a request is to start. */
export function jobOf(name: JobName, { principal, asked }: Pick<Visit, 'principal' | 'asked'>, ports: Ports): JobRef {
  const { project, location } = asked
  return { project, location, jobId: ports.newJobId(principal, { project, location }, jobSeed(name)) }
}

/** Whether there is such a job already. Where BigQuery cannot be asked now, it says so when the job is to start. */
export async function isNameTaken(name: JobName, job: JobRef, { jobs }: Ports, signal: AbortSignal): Promise<boolean> {
  if (jobSeed(name) === undefined) return false
  try {
    return (await jobs.find(job, signal)) !== undefined
  } catch {
    return false
  }
}

export function nameTaken(): Failure {
  return new Failure('warehouse_duplicate', { detail: 'You have a job of that name.', next: 'Ask for that job.' })
}
