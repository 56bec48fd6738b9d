import type { Failure } from '../../model/failure.ts'
import type { RunningJob, RunningTransfer } from '../../model/job.ts'
import { type PrincipalClaims, principalId } from '../../model/principal.ts'
import type { JobStatistics } from '../../model/result.ts'

type Owner = Pick<PrincipalClaims, 'issuer' | 'subject'>

/** A job as its owner knows it: under the owner's id for it, with the owner's own text. */
type Entry<Job> = {
  readonly id: string
  readonly job: Job
  /** The configuration as the client sent it, rebuilt from the fields that are known. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** Names the request that started it, for clients that send one request twice. */
  readonly requestKey?: string
  /** Set once the job has ended. */
  readonly ended?: { readonly at: Date; readonly statistics: JobStatistics; readonly failure?: Failure }
}
/** A query, whose rows can be asked for. */
export type JobEntry = Entry<RunningJob> & {
  /** The job that reads the rows which this one wrote to a table. */
  readonly readerId?: string
}
export type TransferEntry = Entry<RunningTransfer>
export type AnyEntry = JobEntry | TransferEntry

export function isQuery(entry: AnyEntry): entry is JobEntry {
  return entry.job.governed !== undefined
}

/** The jobs that this replica can be asked about; each exists for its owner alone. Who has the most makes room. */
export type JobBook = {
  /** Adds an entry or replaces it. Gives the one that had to make room. */
  readonly put: (entry: AnyEntry) => AnyEntry | undefined
  readonly find: (owner: Owner, project: string, id: string) => AnyEntry | undefined
  /** The job of a request that the owner sent before. */
  readonly again: (owner: Owner, project: string, requestKey: string) => AnyEntry | undefined
  /** Newest first. */
  readonly list: (owner: Owner, project: string) => readonly AnyEntry[]
  readonly remove: (entry: AnyEntry) => void
}

export function openJobBook(limit: number): JobBook {
  const owners = new Map<string, OwnJobs>()
  let size = 0
  const own = (owner: Owner): OwnJobs => owners.get(principalId(owner)) ?? { entries: new Map(), requests: new Map() }
  const remove = ({ id, job: { principal, ref }, requestKey }: AnyEntry) => {
    const { entries, requests } = own(principal)
    if (entries.delete(keyOf(ref.project, id))) size--
    if (requestKey !== undefined) requests.delete(keyOf(ref.project, requestKey))
    if (entries.size === 0) owners.delete(principalId(principal))
  }
  return {
    put(entry) {
      const { id, job, requestKey } = entry
      const jobs = own(job.principal)
      const key = keyOf(job.ref.project, id)
      if (!jobs.entries.has(key)) size++
      jobs.entries.set(key, entry)
      if (requestKey !== undefined) jobs.requests.set(keyOf(job.ref.project, requestKey), key)
      owners.set(principalId(job.principal), jobs)
      if (size <= limit) return undefined
      const oldest = oldestOfGreediest(owners.values())
      if (oldest !== undefined) remove(oldest)
      return oldest
    },
    find: (owner, project, id) => own(owner).entries.get(keyOf(project, id)),
    again: (owner, project, requestKey) => {
      const { entries, requests } = own(owner)
      return entries.get(requests.get(keyOf(project, requestKey)) ?? '')
    },
    list: (owner, project) =>
      [...own(owner).entries.values()].filter(({ job }) => job.ref.project === project).toReversed(),
    remove,
  }
}

/** Oldest first. Requests lead to the keys of their entries. */
type OwnJobs = { readonly entries: Map<string, AnyEntry>; readonly requests: Map<string, string> }

function keyOf(project: string, name: string): string {
  return JSON.stringify([project, name])
}

/** One who starts many jobs pushes out none of the others'. Every job asks this, so it counts owners and not jobs. */
function oldestOfGreediest(owners: Iterable<OwnJobs>): AnyEntry | undefined {
  let greediest: OwnJobs['entries'] = new Map()
  for (const { entries } of owners) if (entries.size > greediest.size) greediest = entries
  return greediest.values().next().value
}
