import { briefOf, type KeptQuery, type StatementBrief } from '../../gateway/kept-query.ts'
import type { Failure } from '../../model/failure.ts'
import type { FoundJob } from '../../model/found-job.ts'
import type { KnownJob, RunningJob, RunningTransfer } from '../../model/job.ts'
import { type PrincipalClaims, principalId } from '../../model/principal.ts'
import type { JobStatistics } from '../../model/result.ts'
import type { StatementClass } from '../../model/statement.ts'
import type { Transfer } from '../../model/transfer.ts'

type Owner = Pick<PrincipalClaims, 'issuer' | 'subject'>

/** A job as its owner knows it: under the owner's id for it, with the owner's own text. */
type Entry<Job> = {
  readonly id: string
  readonly job: Job
  /** The configuration as the client sent it, rebuilt from the fields that are known. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** Set once the job has ended. */
  readonly ended?: { readonly at: Date; readonly statistics: JobStatistics; readonly failure?: Failure }
}
/** A query, whose rows can be asked for. */
export type JobEntry = Entry<RunningJob> & {
  /** The job that reads the rows which this one wrote to a table. */
  readonly readerId?: string
}
export type TransferEntry = Entry<RunningTransfer>
type Found = Entry<KnownJob> & { readonly found: FoundJob }
/** A query that another replica started, or this one before its last start. Its rows need a decision of their own. */
export type FoundQuery = Found & { readonly kept: KeptQuery }
export type FoundTransfer = Found & { readonly transfer: Transfer }
export type FoundEntry = FoundQuery | FoundTransfer
export type AnyEntry = JobEntry | TransferEntry | FoundEntry

export function isFound(entry: AnyEntry): entry is FoundEntry {
  return 'found' in entry
}

/** What a query's owner is shown of its statement; undefined for a job that is no query. */
export function briefIn(entry: AnyEntry): StatementBrief | undefined {
  if (isFound(entry)) return 'kept' in entry ? entry.kept.statement : undefined
  return isQuery(entry) ? briefOf(entry.job.statement) : undefined
}

/** Whether rows come of a job: where they were written to a table, those of the table. */
export function mayHaveRows(entry: AnyEntry): boolean {
  const brief = briefIn(entry)
  return brief !== undefined && (brief.destination !== undefined || !rowless.has(brief.class))
}

const rowless: ReadonlySet<StatementClass> = new Set(['write', 'ddl', 'dcl', 'export', 'load'])

/** A query whose rows this replica can read. */
export function isQuery(entry: AnyEntry): entry is JobEntry {
  return !isFound(entry) && entry.job.governed !== undefined
}

/** The jobs that this replica has to do with. Whatever makes room here can be found at BigQuery. */
export type JobBook = {
  /** Adds an entry or replaces it; who has the most makes room. */
  readonly put: (entry: AnyEntry) => void
  readonly find: (owner: Owner, project: string, id: string) => AnyEntry | undefined
  readonly remove: (entry: AnyEntry) => void
}

/** An entry of more characters than these counts as several: texts and parameters may be long. */
const charactersEach = 16_384

export function openJobBook(limit: number): JobBook {
  const owners = new Map<string, OwnJobs>()
  let size = 0
  const own = (owner: Owner): OwnJobs => owners.get(principalId(owner)) ?? { entries: new Map(), size: 0 }
  const change = (jobs: OwnJobs, by: number) => {
    jobs.size += by
    size += by
  }
  const remove = ({ id, job: { principal, ref } }: AnyEntry) => {
    const jobs = own(principal)
    const key = keyOf(ref.project, id)
    change(jobs, -(jobs.entries.get(key)?.size ?? 0))
    jobs.entries.delete(key)
    if (jobs.entries.size === 0) owners.delete(principalId(principal))
  }
  return {
    put(entry) {
      remove(entry)
      const { id, job } = entry
      const jobs = own(job.principal)
      owners.set(principalId(job.principal), jobs)
      const counted = { entry, size: sizeOf(entry) }
      jobs.entries.set(keyOf(job.ref.project, id), counted)
      change(jobs, counted.size)
      while (size > limit) remove(oldestOfGreediest(owners.values()) ?? entry)
    },
    find: (owner, project, id) => own(owner).entries.get(keyOf(project, id))?.entry,
    remove,
  }
}

/** What changed last is at the end. */
type OwnJobs = { readonly entries: Map<string, { readonly entry: AnyEntry; readonly size: number }>; size: number }

function keyOf(project: string, id: string): string {
  return JSON.stringify([project, id])
}

function sizeOf({ job, configuration }: AnyEntry): number {
  const governed = 'governed' in job ? (job.governed?.text.length ?? 0) : 0
  return Math.ceil((governed + JSON.stringify(configuration).length) / charactersEach)
}

/** One who starts many jobs pushes out none of the others'. Every job asks this, so it counts owners and not jobs. */
function oldestOfGreediest(owners: Iterable<OwnJobs>): AnyEntry | undefined {
  let greediest: OwnJobs = { entries: new Map(), size: 0 }
  for (const jobs of owners) if (jobs.size > greediest.size) greediest = jobs
  return greediest.entries.values().next().value?.entry
}
