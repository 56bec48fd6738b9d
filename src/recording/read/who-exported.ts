import { z } from 'zod'
import type { ExportQuestion } from '../../model/record-question.ts'
import { timeFromText } from '../rows/row.ts'
import type { RecordQuery } from './record-query.ts'
import { type Clause, clauses, joinClauses } from './session-filter.ts'

export const exporter = z
  .strictObject({
    principal: z.string(),
    email: z.string(),
    principal_kind: z.string(),
    queries: z.int(),
    exports: z.int(),
    copies: z.int(),
    rows: z.int(),
    largest: z.int(),
    bytes_billed: z.int(),
    tables: z.array(z.string()),
    sessions: z.array(z.string()),
    first_at: z.string().transform(timeFromText),
    last_at: z.string().transform(timeFromText),
  })
  .transform(({ principal_kind, bytes_billed, first_at, last_at, ...row }) => ({
    ...row,
    principalKind: principal_kind,
    bytesBilled: bytes_billed,
    firstAt: first_at,
    lastAt: last_at,
  }))
/** One principal and what it took out: into files, into tables of other projects, and as rows of answers. */
export type Exporter = Readonly<z.infer<typeof exporter>>

const isStart = "type = 'started'"
// Tables of a script's own begin with an underscore and are in no project.
const projects = String.raw`arrayMap(id -> extract(id, '^(?:[\\w.-]+:)?[^.]+'), arrayFilter(id -> NOT startsWith(id, '_'), events.tables))`
/** Something is written, and tables of several projects are used. */
const isCopy = `statement_class IN ('write', 'ddl', 'load', 'script') AND arrayUniq(${projects}) > 1`

/** Who took data out, the most of it first. A job's start says what it was about, its pages how many rows it gave. */
export function whoExportedQuery(database: string, { table, minRows, ...span }: ExportQuestion): RecordQuery {
  const { since, until } = span
  const events = `${database}.events`
  const begun = joinClauses(
    { since: clauses.since, until: clauses.until, table: endOfTable },
    { ...span, ...(table && { table }) },
    database,
  )
  const starts = `SELECT job_id FROM ${events} WHERE type = 'started' AND ${begun.sql}`
  const after = joinClauses({ since: clauses.since }, span, database)
  // Only in its document a script tells what its statements are; documents are long, and scripts are few.
  const exportScripts = `${starts} AND statement_class = 'script' AND position(statement, '"class":"export"') > 0`
  const isExport = `statement_class = 'export' OR job_id IN (${exportScripts})`
  const sql = `
    SELECT principal, anyLast(email) AS email, anyLast(principal_kind) AS principal_kind, count() AS queries,
      countIf(is_export) AS exports, countIf(is_copy) AS copies, sum(taken) AS rows, max(taken) AS largest,
      sum(billed) AS bytes_billed, arraySlice(arraySort(groupUniqArrayArray(used)), 1, 50) AS tables,
      groupUniqArray(20)(session) AS sessions, min(began) AS first_at, max(began) AS last_at
    FROM (
      SELECT job_id, any(events.principal) AS principal, any(events.email) AS email,
        any(events.principal_kind) AS principal_kind, any(session_id) AS session, anyIf(events.tables, ${isStart}) AS used,
        minIf(ts, ${isStart}) AS began, max(${isStart} AND (${isExport})) AS is_export, max(${isStart} AND ${isCopy}) AS is_copy,
        sum(ifNull(rows_delivered, 0)) AS taken, max(ifNull(events.bytes_billed, 0)) AS billed
      FROM ${events}
      WHERE type IN ('started', 'delivered', 'finished') AND ${after.sql} AND job_id IN (${starts})
      GROUP BY job_id)
    GROUP BY principal HAVING rows >= {minRows:UInt64} OR exports > 0 OR copies > 0
    ORDER BY exports + copies DESC, rows DESC, principal`
  return { record: 'exporters', sql, parameters: { table, since, until, minRows } }
}

function endOfTable(table: string): Clause {
  return {
    sql: "arrayExists(id -> endsWith(concat('.', id), concat('.', {table:String})), events.tables)",
    parameters: { table },
  }
}
