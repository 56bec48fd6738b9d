import { z } from 'zod'
import type { SessionFilter } from '../../model/record-question.ts'
import { timeFromText } from '../rows/row.ts'
import { accessCondition } from './access-filter.ts'
import type { RecordQuery } from './record-query.ts'
import { type Clause, filterCondition } from './session-filter.ts'

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
  const { sql, parameters } = matchingSessions(database, filter)
  // Found first, with the time that they take together: events are in the order of hours.
  const query = `
    WITH (
      SELECT (groupArray(session_id), min(first), max(last)) FROM (
        SELECT session_id, min(first_at) AS first, max(last_at) AS last FROM ${database}.sessions
        WHERE session_id IN (${sql}) GROUP BY session_id)
    ) AS found
    SELECT session_id, anyLast(principal) AS principal, anyLast(email) AS email,
      anyLast(principal_kind) AS principal_kind, anyLast(client_name) AS client,
      min(ts) AS first_at, max(ts) AS last_at, uniqExact(request_id) AS requests,
      countIf(type = 'denied') AS denied, countIf(type = 'held') AS held, countIf(type = 'failed') AS failed,
      sum(ifNull(events.rows_delivered, 0)) AS rows_delivered,
      sum(ifNull(events.bytes_billed, 0)) AS bytes_billed
    FROM ${database}.events
    WHERE toStartOfHour(events.ts) BETWEEN toStartOfHour(found.2) AND toStartOfHour(found.3)
      AND events.ts BETWEEN found.2 AND found.3 AND has(found.1, session_id)
    GROUP BY session_id ORDER BY last_at DESC, session_id`
  return { record: 'sessions', sql: query, parameters: { ...parameters, limit } }
}

/** A query for the ids of the latest sessions that match, over the smallest table that can tell. */
export function matchingSessions(database: string, filter: SessionFilter): Clause {
  const { since, until, ...rest } = filter
  if (Object.values(rest).some(value => value !== undefined)) {
    const access = accessCondition(database, filter)
    if (access === undefined) return latestOfEvents(database, filterCondition(database, filter))
    const latest = 'GROUP BY session_id ORDER BY max(ts) DESC LIMIT {limit:UInt32}'
    const sql = `SELECT session_id FROM ${database}.column_access WHERE ${access.sql} ${latest}`
    return { sql, parameters: access.parameters }
  }
  const from = since === undefined ? '1' : "max(last_at) >= {since:DateTime64(6, 'UTC')}"
  const to = until === undefined ? '1' : "min(first_at) < {until:DateTime64(6, 'UTC')}"
  const sql = `SELECT session_id FROM ${database}.sessions GROUP BY session_id
    HAVING ${from} AND ${to} ORDER BY max(last_at) DESC LIMIT {limit:UInt32}`
  return { sql, parameters: { since, until } }
}

/**
 * Events are read from the latest back, in the table's own order, and only until enough sessions are found. That order
 * begins with the tenant, so where there are several, every event that matches is read instead.
 */
function latestOfEvents(database: string, { sql: condition, parameters }: Clause): Clause {
  const isOneTenant = `(SELECT min(tenant) = max(tenant) FROM ${database}.events)`
  const backwards = 'tenant DESC, toStartOfHour(events.ts) DESC, events.ts DESC'
  const sql = `SELECT session_id FROM (
    SELECT session_id FROM ${database}.events WHERE ${isOneTenant} AND ${condition}
    ORDER BY ${backwards} LIMIT 1 BY session_id LIMIT {limit:UInt32}
    UNION ALL
    SELECT session_id FROM ${database}.events WHERE NOT ${isOneTenant} AND ${condition}
    GROUP BY session_id ORDER BY max(events.ts) DESC LIMIT {limit:UInt32})`
  return { sql, parameters }
}
