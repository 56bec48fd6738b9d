import { closeFound } from '../../gateway/close-found.ts'
import { lookAtJob } from '../../gateway/look-at-job.ts'
import { lookAtTransfer } from '../../gateway/look-at-transfer.ts'
import type { Refusal } from '../../gateway/outcome.ts'
import { resume } from '../../gateway/run-query.ts'
import { Failure } from '../../model/failure.ts'
import type { JobDesk } from './desk.ts'
import { type Asker, findEntry } from './find-entry.ts'
import { type AnyEntry, type FoundEntry, isFound, isQuery, type JobEntry, mayHaveRows } from './job-book.ts'
import { markEnded, untilEnd } from './results.ts'

type Asked = Asker & {
  readonly path: { readonly project: string; readonly job: string }
  readonly query: { readonly location?: string }
}

/** The caller's own query, whose rows can be read; those of one that another replica started as policy decides now. */
export async function findJob(asked: Asked): Promise<JobEntry | Refusal> {
  const entry = await findAnyJob(asked)
  return isQuery(entry) ? entry : openRows(entry, asked)
}

/** Where this replica knows a job only from BigQuery, its query is asked again before any row is read. */
export async function openRows(entry: AnyEntry, { request, desk }: Asker): Promise<JobEntry | Refusal> {
  if (isQuery(entry)) return entry
  if (!('kept' in entry)) {
    throw new Failure('request_invalid', {
      detail: `The job ${entry.id} is no query, and has no rows.`,
      next: 'Look at it with jobs.get.',
    })
  }
  const { id, job, configuration, kept, ended } = await lookAt(entry, desk)
  if (ended?.failure !== undefined) throw ended.failure
  const { project, location } = job.ref
  const outcome = await resume({ ...request, ...kept.asked, project, location }, job, kept.fingerprint, desk.ports)
  if (outcome.state !== 'running') return outcome
  const opened = { id, job: outcome.job, configuration, ...(ended === undefined ? {} : { ended }) }
  desk.jobs.put(opened)
  return opened
}

/** The caller's own job. Somebody else's, and one that never was, are the same to a client. */
export async function findAnyJob({ path, query, ...asker }: Asked): Promise<AnyEntry> {
  const { project, job: id } = path
  const { location } = query
  const known = asker.desk.jobs.find(asker.principal, project, id)
  const isThere = location === undefined || location.toLowerCase() === known?.job.ref.location.toLowerCase()
  const entry = known !== undefined && isThere ? known : await findEntry({ project, id, location }, asker)
  if (entry !== undefined) return entry
  throw new Failure('not_found', {
    detail: `Not found: Job ${project}:${id}.`,
    next: 'Name its location, or run the query again.',
  })
}

/** The job as it is now. A failed job is an answer here, not a stop. */
export async function lookAt<E extends AnyEntry>(entry: E, desk: JobDesk): Promise<E> {
  if (isFound(entry)) return closeOnce(entry, desk) as Promise<E>
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
    return now as E
  }
}

/** Its end is on record once from here, however often its owner asks. */
async function closeOnce(entry: FoundEntry, desk: JobDesk): Promise<FoundEntry> {
  const { id, job, found, ended } = entry
  if (ended === undefined || desk.jobs.find(job.principal, job.ref.project, id) !== undefined) return entry
  await closeFound(job, found, mayHaveRows(entry), desk.ports)
  desk.jobs.put(entry)
  return entry
}
