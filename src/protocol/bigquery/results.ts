import { noticesOf } from '../../gateway/notices.ts'
import type { FetchOutcome } from '../../gateway/outcome.ts'
import { fetchWithin } from '../../gateway/run-query.ts'
import { Failure, type FailureCode } from '../../model/failure.ts'
import type { JobStatistics, RedactedPage } from '../../model/result.ts'
import type { BigQueryDesk, JobDesk } from './desk.ts'
import { etagOf } from './etag.ts'
import type { AnyEntry, JobEntry } from './job-book.ts'
import { jobReference } from './job-resource.ts'
import { type TimestampFormat, wireRows } from './wire-rows.ts'
import { wireField } from './wire-schema.ts'
import { wireStatistics } from './wire-statistics.ts'

/** Which rows of a job a client wants, and how long it waits for them. */
export type Wanted = {
  readonly maxRows: number
  readonly waitMs: number
  readonly format: TimestampFormat
  readonly pageToken?: string | undefined
  readonly startIndex?: number | undefined
}

/** The rows of a job as `getQueryResults` answers; without them where the job still runs. */
export async function showResults(
  entry: JobEntry,
  wanted: Wanted,
  desk: BigQueryDesk,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const running = { jobReference: jobReference(entry), jobComplete: false }
  const { page, index } = await readPage(entry, wanted, desk, signal)
  if (page === undefined) return running
  const next = page.nextPageToken
  // A page without rows is the shape of those to come.
  const nextIndex = wanted.maxRows === 0 ? index : index + 1
  const of = entry.job.ref.jobId
  return {
    ...running,
    jobComplete: true,
    schema: { fields: page.fields.map(wireField) },
    totalRows: String(page.totalRows ?? page.rows.length),
    ...(wanted.maxRows === 0 ? {} : { rows: wireRows(page, wanted.format) }),
    ...(next === undefined
      ? {}
      : { pageToken: desk.pageTokens.seal({ of, pageToken: next, index: nextIndex }, entry.job.principal) }),
    ...wireStatistics(page.statistics),
    // Clients leave alone what they do not know; people and agents read it.
    sluice: { notices: noticesOf(entry.job.governed.applied, page.findings) },
  }
}

/** A job's rows stay as they are: a page of them is another one where other rows, or another form of them, are wanted. */
export function pageEtag({ job }: AnyEntry, { waitMs: _, ...wanted }: Wanted): string {
  return etagOf([job.ref, wanted])
}

/** The same of a job that has ended and has no rows. */
export function showCounts(entry: AnyEntry): Readonly<Record<string, unknown>> {
  const shape = {
    jobReference: jobReference(entry),
    jobComplete: true,
    schema: { fields: [] },
    totalRows: '0',
    rows: [],
  }
  return { ...shape, ...wireStatistics(entry.ended?.statistics ?? {}) }
}

async function readPage(entry: JobEntry, wanted: Wanted, desk: BigQueryDesk, signal: AbortSignal) {
  const { maxRows, waitMs, startIndex } = wanted
  const token = wanted.pageToken
  const { pageToken, index } =
    token === undefined
      ? { pageToken: undefined, index: 0 }
      : desk.pageTokens.open(token, entry.job.ref.jobId, entry.job.principal)
  const request = {
    ...{ maxRows: Math.min(maxRows, desk.ports.settings.maxRowsPerPage), index },
    ...(pageToken === undefined ? {} : { pageToken }),
    ...(startIndex === undefined || pageToken !== undefined ? {} : { startIndex }),
  }
  const page = await untilEnd(entry, desk, async () => {
    const fetched = await fetchWithin(entry.job, request, waitMs, desk.ports, signal)
    return fetched === undefined ? undefined : pageIn(fetched)
  })
  if (page !== undefined) markEnded(entry, page.statistics, desk)
  return { page, index }
}

export function pageIn({ recorded }: FetchOutcome): RedactedPage {
  const { page } = recorded.event
  if (page === undefined) throw new Failure('internal', {}, { cause: 'a fetch was recorded without its page' })
  return page
}

/** Remembers how a job ended, so that it is on record once, however often its owner asks. */
export async function untilEnd<T>(entry: AnyEntry, desk: JobDesk, look: () => Promise<T>): Promise<T> {
  if (entry.ended?.failure !== undefined) throw entry.ended.failure
  try {
    return await look()
  } catch (thrown) {
    if (thrown instanceof Failure && isEndOfJob(thrown.code)) markEnded(entry, {}, desk, thrown)
    throw thrown
  }
}

export function markEnded<E extends AnyEntry>(
  entry: E,
  statistics: JobStatistics,
  desk: JobDesk,
  failure?: Failure,
): E {
  const at = entry.ended?.at ?? desk.ports.now()
  const known = { ...entry.ended?.statistics, ...statistics }
  const ended = { ...entry, ended: { at, statistics: known, ...(failure === undefined ? {} : { failure }) } }
  desk.jobs.put(ended)
  return ended
}

/** What passes by itself is no end of a job: it may be asked for again. */
function isEndOfJob(code: FailureCode): boolean {
  return code.startsWith('warehouse_') && !/_(unavailable|rate_limit|quota|failed)$/.test(code)
}
