import { z } from 'zod'
import { timeFromText } from '../rows/row.ts'
import type { RecordQuery } from './record-query.ts'

const texts = z.array(z.string())
const stageTimes = z.record(z.string(), z.number())

/** What a timeline needs of an event; the store holds more. */
export const timelineColumns = z.strictObject({
  ts: z.string().transform(timeFromText),
  event_id: z.string(),
  type: z.enum(['started', 'denied', 'held', 'delivered', 'finished', 'failed', 'cancelled', 'interrupted']),
  session_id: z.string(),
  request_id: z.string(),
  principal: z.string(),
  email: z.string(),
  principal_kind: z.string(),
  client_name: z.string(),
  purpose: z.string(),
  action: z.string(),
  sql: z.string(),
  parameters: z.string(),
  governed_sql: z.string(),
  governed_parameters: z.string(),
  statement_class: z.string(),
  verified_by: z.string(),
  tables: texts,
  columns: texts,
  effect: z.string(),
  revision: z.string(),
  decision_id: z.string(),
  reasons: texts,
  masks: texts,
  row_filters: texts,
  approvals: z.string(),
  job_project: z.string(),
  job_id: z.string(),
  job_location: z.string(),
  job_state: z.string(),
  failure_code: z.string(),
  message: z.string(),
  cause: z.string(),
  bytes_billed: z.int().nullable(),
  rows_delivered: z.int().nullable(),
  affected_rows: z.int().nullable(),
  duration_ms: z.int().nullable(),
  stages: z.string().transform(text => stageTimes.parse(text === '' ? {} : JSON.parse(text))),
  page_index: z.int().nullable(),
  page_hash: z.string(),
  findings: texts,
  erased: texts,
})
export type TimelineEvent = Readonly<z.infer<typeof timelineColumns>>

const pageColumns = z.strictObject({
  event_id: z.string(),
  page_index: z.int(),
  page_rows: z.int(),
  page_hash: z.string(),
  rows_kept: z.int(),
  fields: z.string().transform(text => namedFields.parse(JSON.parse(text))),
  rows: z.string().transform(text => rowList.parse(JSON.parse(text))),
})
const namedFields = z.array(z.looseObject({ name: z.string() }))
const rowList = z.array(z.array(z.json()))
export type RecordedPage = Readonly<z.infer<typeof pageColumns>>

export type SessionRecord = {
  readonly sessionId: string
  readonly events: readonly TimelineEvent[]
  /** Delivered rows by the id of the event that delivered them. */
  readonly pages: ReadonlyMap<string, RecordedPage>
}

/** Everything a session did, in order. */
export function sessionQueries(database: string, sessionId: string): readonly RecordQuery[] {
  const parameters = { sessionId }
  return [
    { record: 'events', sql: selectOf(timelineColumns, database, 'events'), parameters },
    { record: 'results', sql: selectOf(pageColumns, database, 'results'), parameters },
  ]
}

/** The rows of these queries, as a session. */
export function sessionRecordOf(
  sessionId: string,
  rows: readonly { readonly record: string; readonly row: unknown }[],
): SessionRecord {
  const rowsOf = (wanted: string) => rows.flatMap(({ record, row }) => (record === wanted ? [row] : []))
  const pages = rowsOf('results').map(row => pageColumns.parse(row))
  return {
    sessionId,
    events: rowsOf('events').map(row => timelineColumns.parse(row)),
    pages: new Map(pages.map(page => [page.event_id, page])),
  }
}

function selectOf(columns: typeof timelineColumns | typeof pageColumns, database: string, table: string): string {
  const names = Object.keys(columns.shape).join(', ')
  // A writer's own order holds where two of its events fall on one millisecond.
  return `SELECT ${names} FROM ${database}.${table}
    WHERE session_id = {sessionId:String} ORDER BY ${table}.ts, writer, line`
}
