import { Failure } from '../model/failure.ts'
import type { RunningJob } from '../model/job.ts'
import type { Page } from '../model/result.ts'
import type { Delivered, Finished, Recorded } from '../model/session-event.ts'
import { tableId } from '../model/table-ref.ts'
import type { PageRequest, Ports } from './ports.ts'
import { redactPage } from './redact-page.ts'
import { resultCaps } from './result-caps.ts'

/** Redacts a page and puts it on record; the last one closes the request. */
export async function recordPage(
  page: Page,
  request: PageRequest,
  job: RunningJob,
  ports: Ports,
): Promise<Recorded<Delivered> | Recorded<Finished>> {
  const { principal, origin, ref, decision } = job
  refuseStoredRows(page, job)
  const redacted = redactPage(page, job, ports)
  const kept = { page: redacted, redact: decision.redact, resultCaps: resultCaps(decision.obligations) }
  const event = { at: ports.now(), principal, origin, job: ref, ...kept }
  const isClosing = job.statement.destination !== undefined || isLast(page, request)
  if (!isClosing) return ports.record({ ...event, type: 'delivered' })
  const durationMs = event.at.getTime() - job.startedAt.getTime()
  const closing = { statistics: page.statistics, rowsDelivered: page.rows.length, durationMs }
  return ports.record({ ...event, ...closing, type: 'finished' })
}

/** A look at the shape of a result comes before its rows, unless it has none. */
function isLast({ nextPageToken, totalRows }: Page, { maxRows }: PageRequest): boolean {
  return nextPageToken === undefined && (maxRows > 0 || totalRows === 0)
}

/** Rows that were written to a table are rows of that table: others may have written there since. */
function refuseStoredRows({ rows }: Page, { statement: { destination } }: RunningJob): void {
  if (destination === undefined || rows.length === 0) return
  throw new Failure('operation_refused', {
    detail: `The rows were written to ${tableId(destination.table)}.`,
    next: 'Read that table.',
  })
}
