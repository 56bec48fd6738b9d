import { lookAtJob } from '../../gateway/look-at-job.ts'
import { lookAtTransfer } from '../../gateway/look-at-transfer.ts'
import { Failure } from '../../model/failure.ts'
import type { Principal } from '../../model/principal.ts'
import type { JobDesk } from './desk.ts'
import { type AnyEntry, isQuery, type JobEntry } from './job-book.ts'
import { markEnded, untilEnd } from './results.ts'

type Asked = {
  readonly path: { readonly project: string; readonly job: string }
  readonly query: { readonly location?: string }
  readonly principal: Principal
  readonly desk: JobDesk
}

/** The caller's own query. Jobs of other kinds have no rows. */
export function findJob(asked: Asked): JobEntry {
  const entry = findAnyJob(asked)
  if (isQuery(entry)) return entry
  throw new Failure('request_invalid', {
    detail: `The job ${entry.id} is no query, and has no rows.`,
    next: 'Look at it with jobs.get.',
  })
}

/** The caller's own job. Somebody else's, and one that never was, are the same to a client. */
export function findAnyJob({ path, query, principal, desk }: Asked): AnyEntry {
  const entry = desk.jobs.find(principal, path.project, path.job)
  const { location } = query
  const isThere = location === undefined || location.toLowerCase() === entry?.job.ref.location.toLowerCase()
  if (entry !== undefined && isThere) return entry
  throw new Failure('not_found', {
    detail: `Not found: Job ${path.project}:${path.job}.`,
    next: 'Run the query again; a job is known for a while, by the replica that started it.',
  })
}

/** The job as it is now. A failed job is an answer here, not a stop. */
export async function lookAt(entry: AnyEntry, desk: JobDesk): Promise<AnyEntry> {
  if (entry.ended !== undefined) return entry
  // Not the caller's own signal: whoever asks for a state and leaves does not cancel the job.
  const { signal } = new AbortController()
  const look = isQuery(entry)
    ? () => lookAtJob(entry.job, desk.ports, signal)
    : () => lookAtTransfer(entry.job, desk.ports, signal)
  try {
    const statistics = await untilEnd(entry, desk, look)
    return statistics === undefined ? entry : markEnded(entry, statistics, desk)
  } catch (thrown) {
    const { principal, ref } = entry.job
    const now = desk.jobs.find(principal, ref.project, entry.id)
    if (now?.ended?.failure === undefined) throw thrown
    return now
  }
}
