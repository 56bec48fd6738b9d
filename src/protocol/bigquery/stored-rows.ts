import type { Refusal } from '../../gateway/outcome.ts'
import type { Request } from '../../gateway/query.ts'
import { start } from '../../gateway/run-query.ts'
import { tableId } from '../../model/table-ref.ts'
import type { BigQueryDesk } from './desk.ts'
import type { Asker } from './find-entry.ts'
import { lookAt, openRows } from './find-job.ts'
import { type AnyEntry, isQuery, type JobEntry, mayHaveRows } from './job-book.ts'
import { jobReference } from './job-resource.ts'
import { showCounts, showResults, type Wanted } from './results.ts'
import { shownConfiguration } from './shown-configuration.ts'

type Asked = Asker & { readonly wanted: Wanted; readonly desk: BigQueryDesk }
type Results = Readonly<Record<string, unknown>>

/**
 * The rows of a query as its owner may have them. Those that were written to a table are read as that table, under the
 * policy for reading it: others may write there too.
 */
export async function rowsOf(
  found: AnyEntry,
  { wanted, ...asker }: Asked,
): Promise<{ readonly state: 'shown'; readonly results: Results; readonly decisionId?: string } | Refusal> {
  const { request, desk } = asker
  if (isEndedWithout(found)) return { state: 'shown', results: showCounts(await lookAt(found, desk)) }
  const entry = await openRows(found, asker)
  if ('state' in entry) return entry
  const decisionId = entry.job.decision.id
  // Not the caller's own signal: clients leave and come back while a job runs.
  const { signal } = new AbortController()
  if (entry.job.statement.destination === undefined) {
    return { state: 'shown', results: await showResults(entry, wanted, desk, signal), decisionId }
  }
  // The next page is one of the table.
  const { pageToken: _, ...shape } = await showResults(
    entry,
    { ...wanted, maxRows: 0, pageToken: undefined },
    desk,
    signal,
  )
  if (shape['jobComplete'] !== true || wanted.maxRows === 0)
    return { state: 'shown', results: withoutOthers(shape, entry), decisionId }
  const reader = await readerOf(entry, request, desk)
  if ('state' in reader) return reader
  const results = await showResults(reader, { ...wanted, waitMs: desk.options.maxWaitMs }, desk, signal)
  return { state: 'shown', results: { ...results, jobReference: jobReference(entry) }, decisionId }
}

/** What has changed the tables that it named cannot be asked again; it has no rows that anybody could be kept from. */
function isEndedWithout(entry: AnyEntry): boolean {
  return 'kept' in entry && entry.ended !== undefined && entry.ended.failure === undefined && !mayHaveRows(entry)
}

/** A table that was appended to has rows of others, whose number is theirs. */
function withoutOthers(shape: Results, { job }: JobEntry): Results {
  return job.statement.destination?.write === 'append' ? { ...shape, totalRows: '0' } : shape
}

async function readerOf(entry: JobEntry, request: Request, desk: BigQueryDesk): Promise<JobEntry | Refusal> {
  const { job, readerId } = entry
  const { project, location } = job.ref
  const known = readerId === undefined ? undefined : desk.jobs.find(job.principal, project, readerId)
  if (known !== undefined && isQuery(known)) return known
  const { destination } = job.statement
  const text = `SELECT * FROM \`${destination === undefined ? '' : tableId(destination.table)}\``
  const started = await start({ ...request, project, location, text, parameters: [] }, desk.ports)
  if (started.state !== 'running') return started
  const id = started.job.ref.jobId
  const latest = desk.jobs.find(job.principal, project, entry.id) ?? entry
  desk.jobs.put({ ...latest, readerId: id } as JobEntry)
  const reader = { id, job: started.job, configuration: shownConfiguration({ query: text }) }
  desk.jobs.put(reader)
  return reader
}
