import { cancelJob } from '../../gateway/cancel-job.ts'
import { asFailure } from '../../model/failure.ts'
import type { JobDesk } from './desk.ts'
import type { AnyEntry } from './job-book.ts'

/** Remembers a job. One that had to make room while it ran has nobody who could end it any more, so it is cancelled. */
export function keepJob<E extends AnyEntry>(entry: E, desk: JobDesk): E {
  const evicted = desk.jobs.put(entry)
  if (evicted !== undefined && evicted.ended === undefined) {
    cancelJob(evicted.job, desk.ports).catch(thrown => desk.report(asFailure(thrown), 'jobs.cancel'))
  }
  return entry
}
