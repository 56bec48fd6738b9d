import type { PageRequest } from '../../gateway/ports.ts'
import { fetchWithin } from '../../gateway/run-query.ts'
import { Failure } from '../../model/failure.ts'
import type { RedactedPage, ResultField } from '../../model/result.ts'
import type { JobEntry } from '../bigquery/job-book.ts'
import { markEnded, pageIn, untilEnd } from '../bigquery/results.ts'
import type { StorageDesk } from './desk.ts'

/** Rows that go out in one message, and their place in the whole. */
export type Part = {
  readonly fields: readonly ResultField[]
  readonly rows: RedactedPage['rows']
  readonly startRow: number
  readonly totalRows: number
}

/** How long one look waits for a job that runs. */
const lookMs = 2_000

/** The columns of a job's result and how many rows it has, once the job has ended. `jobSignal` cancels the job, `signal` the wait. */
export async function shapeOf(entry: JobEntry, desk: StorageDesk, signal: AbortSignal, jobSignal: AbortSignal) {
  for (;;) {
    const page = await pageWithin(entry, { maxRows: 0, index: 0 }, desk, jobSignal)
    if (page !== undefined) {
      const { fields, totalRows = 0, statistics } = page
      return { fields, totalRows, bytesProcessed: statistics.bytesProcessed ?? 0 }
    }
    // One more look at a job that is cancelled puts that on record.
    if (signal.aborted && !jobSignal.aborted) throw new Failure('cancelled')
  }
}

/** How many rows are asked for before it is known how large they are. */
const firstRows = 1_000
const sampleRows = 100

/** A job's rows from `offset` on. The next are fetched when the last were taken, so that one page is in memory. */
export async function* partsOf(
  entry: JobEntry,
  offset: number,
  desk: StorageDesk,
  signal: AbortSignal,
): AsyncGenerator<Part, undefined> {
  // Not the caller's own signal: the job has ended, and whoever comes back for the rest must find it whole.
  const whole = new AbortController().signal
  let next: PageRequest | undefined = { startIndex: offset, maxRows: firstRows, index: 0 }
  for (let startRow = offset; next !== undefined && !signal.aborted; ) {
    const page = await pageWithin(entry, next, desk, whole)
    if (page === undefined) throw new Failure('internal', {}, { cause: 'a job that had ended runs again' })
    const { fields, rows, totalRows = 0 } = page
    if (rows.length > 0 || startRow === offset) yield { fields, rows, startRow, totalRows }
    startRow += rows.length
    next = pageAfter(page, desk)
  }
}

/** As many rows as make about one message of the size that is set. */
function pageAfter(
  { nextPageToken: pageToken, rows, index }: RedactedPage,
  desk: StorageDesk,
): PageRequest | undefined {
  if (pageToken === undefined) return undefined
  const sample = rows.slice(0, sampleRows)
  const bytesEach = JSON.stringify(sample).length / Math.max(1, sample.length)
  const fitting = Math.max(1, Math.floor(desk.options.messageBytes / bytesEach))
  return { pageToken, maxRows: Math.min(fitting, desk.ports.settings.maxRowsPerPage), index: index + 1 }
}

async function pageWithin(
  entry: JobEntry,
  request: PageRequest,
  desk: StorageDesk,
  signal: AbortSignal,
): Promise<RedactedPage | undefined> {
  const page = await untilEnd(entry, desk, async () => {
    const fetched = await fetchWithin(entry.job, request, lookMs, desk.ports, signal)
    return fetched === undefined ? undefined : pageIn(fetched)
  })
  if (page !== undefined) markEnded(entry, page.statistics, desk)
  return page
}
