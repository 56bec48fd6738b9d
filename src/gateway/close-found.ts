import type { Failure } from '../model/failure.ts'
import type { FoundJob } from '../model/found-job.ts'
import type { KnownJob } from '../model/job.ts'
import { recordFailure } from './close-failed.ts'
import { closeWithoutRows } from './close-without-rows.ts'
import type { Ports } from './ports.ts'

/** Why a job failed, as its owner may know it. */
export function failureOfFound({ ended }: FoundJob, isProtected: boolean): Failure | undefined {
  return isProtected ? ended?.failure?.withheld : ended?.failure?.full
}

/** Closes the request of a job that another replica started: it has failed, or it has ended and no rows are to come. */
export async function closeFound(job: KnownJob, { ended }: FoundJob, hasRows: boolean, ports: Ports): Promise<void> {
  if (ended === undefined) return
  const { ref, startedAt, principal, origin } = job
  const visit = { principal, origin, job: ref, beganAt: startedAt }
  if (ended.failure !== undefined) return recordFailure(ended.failure.full, visit, ports)
  if (!hasRows) await closeWithoutRows({ ...visit, startedAt, statistics: ended.statistics }, ports)
}
