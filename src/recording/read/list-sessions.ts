import { z } from 'zod'
import type { SessionFilter } from '../../model/record-question.ts'
import { timeFromText } from '../rows/row.ts'
import type { RecordQuery } from './record-query.ts'
import { filterCondition } from './session-filter.ts'

export const sessionSummary = z
  .strictObject({
    session_id: z.string(),
    principal: z.string(),
    email: z.string(),
    principal_kind: z.string(),
    client: z.string(),
    first_at: z.string(),
    last_at: z.string(),
    requests: z.int(),
    denied: z.int(),
    held: z.int(),
    failed: z.int(),
    rows_delivered: z.int(),
    bytes_billed: z.int(),
  })
  .transform(row => ({
    sessionId: row.session_id,
    principal: row.principal,
    email: row.email,
    principalKind: row.principal_kind,
    client: row.client,
    firstAt: timeFromText(row.first_at),
    lastAt: timeFromText(row.last_at),
    requests: row.requests,
    denied: row.denied,
    held: row.held,
    failed: row.failed,
    rowsDelivered: row.rows_delivered,
    bytesBilled: row.bytes_billed,
  }))
export type SessionSummary = Readonly<z.infer<typeof sessionSummary>>

/** Sessions that a filter matches, the latest first. */
export function sessionsQuery(database: string, filter: SessionFilter, limit: number): RecordQuery {
  const { sql, parameters } = filterCondition(database, filter)
  const query = `
    SELECT session_id, anyLast(principal) AS principal, anyLast(email) AS email,
      anyLast(principal_kind) AS principal_kind, anyLast(client_name) AS client,
      min(ts) AS first_at, max(ts) AS last_at, uniqExact(request_id) AS requests,
      countIf(type = 'denied') AS denied, countIf(type = 'held') AS held, countIf(type = 'failed') AS failed,
      sum(ifNull(events.rows_delivered, 0)) AS rows_delivered,
      sum(ifNull(events.bytes_billed, 0)) AS bytes_billed
    FROM ${database}.events
    WHERE session_id IN (${matchingSessions(database, filter, sql)})
    GROUP BY session_id ORDER BY last_at DESC, session_id`
  return { record: 'sessions', sql: query, parameters: { ...parameters, limit } }
}

/** A query for the ids of sessions. The small table answers what only asks for time; everything else is a search over events. */
export function matchingSessions(database: string, filter: SessionFilter, condition: string): string {
  const { since, until, ...rest } = filter
  if (Object.values(rest).some(value => value !== undefined)) {
    return `SELECT session_id FROM ${database}.events WHERE ${condition}
      GROUP BY session_id ORDER BY max(ts) DESC LIMIT {limit:UInt32}`
  }
  const from = since === undefined ? '1' : "max(last_at) >= {since:DateTime64(6, 'UTC')}"
  const to = until === undefined ? '1' : "min(first_at) < {until:DateTime64(6, 'UTC')}"
  return `SELECT session_id FROM ${database}.sessions GROUP BY session_id
    HAVING ${from} AND ${to} ORDER BY max(last_at) DESC LIMIT {limit:UInt32}`
}
