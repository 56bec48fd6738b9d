import type { Failure } from '../../model/failure.ts'
import type { RunningJob } from '../../model/job.ts'
import { type PrincipalClaims, principalId } from '../../model/principal.ts'
import type { JobStatistics } from '../../model/result.ts'

type Owner = Pick<PrincipalClaims, 'issuer' | 'subject'>

/** A job as its owner knows it: under the owner's id for it, with the owner's own text. */
export type JobEntry = {
  readonly id: string
  readonly job: RunningJob
  /** The configuration as the client sent it, rebuilt from the fields that are known. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** Names the request that started it, for clients that send one request twice. */
  readonly requestKey?: string
  /** Set once the job has ended. */
  readonly ended?: { readonly at: Date; readonly statistics: JobStatistics; readonly failure?: Failure }
}

/** The jobs that this replica can be asked about; each exists for its owner alone. Who has the most makes room. */
export type JobBook = {
  /** Adds an entry or replaces it. Gives the one that had to make room. */
  readonly put: (entry: JobEntry) => JobEntry | undefined
  readonly find: (owner: Owner, project: string, id: string) => JobEntry | undefined
  /** The job of a request that the owner sent before. */
  readonly again: (owner: Owner, project: string, requestKey: string) => JobEntry | undefined
  /** Newest first. */
  readonly list: (owner: Owner, project: string) => readonly JobEntry[]
  readonly remove: (entry: JobEntry) => void
}

export function openJobBook(limit: number): JobBook {
  const entries = new Map<string, JobEntry>()
  const requests = new Map<string, string>()
  const key = (owner: Owner, project: string, id: string) => JSON.stringify([principalId(owner), project, id])
  const keyOf = ({ id, job }: JobEntry) => key(job.principal, job.ref.project, id)
  const requestOf = ({ requestKey = '', job }: JobEntry) => key(job.principal, job.ref.project, requestKey)
  const remove = (entry: JobEntry) => {
    entries.delete(keyOf(entry))
    if (entry.requestKey !== undefined) requests.delete(requestOf(entry))
  }
  return {
    put(entry) {
      entries.set(keyOf(entry), entry)
      if (entry.requestKey !== undefined) requests.set(requestOf(entry), keyOf(entry))
      if (entries.size <= limit) return undefined
      const oldest = oldestOfGreediest(entries.values())
      if (oldest !== undefined) remove(oldest)
      return oldest
    },
    find: (owner, project, id) => entries.get(key(owner, project, id)),
    again: (owner, project, requestKey) => entries.get(requests.get(key(owner, project, requestKey)) ?? ''),
    list: (owner, project) =>
      [...entries.values()]
        .filter(({ job }) => principalId(job.principal) === principalId(owner) && job.ref.project === project)
        .toReversed(),
    remove,
  }
}

/** One who starts many jobs pushes out none of the others'. */
function oldestOfGreediest(entries: Iterable<JobEntry>): JobEntry | undefined {
  const byOwner = new Map<string, { readonly oldest: JobEntry; count: number }>()
  for (const entry of entries) {
    const owner = principalId(entry.job.principal)
    const own = byOwner.get(owner)
    if (own === undefined) byOwner.set(owner, { oldest: entry, count: 1 })
    else own.count++
  }
  const [greediest] = [...byOwner.values()].toSorted((left, right) => right.count - left.count)
  return greediest?.oldest
}
