import { z } from 'zod'
import type { ExportQuestion } from '../../model/record-question.ts'
import { timeFromText } from '../rows/row.ts'
import type { RecordQuery } from './record-query.ts'

export const exporter = z
  .strictObject({
    principal: z.string(),
    email: z.string(),
    principal_kind: z.string(),
    queries: z.int(),
    exports: z.int(),
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
/** One principal and what it took out: by statements that export, and as rows of answers. */
export type Exporter = Readonly<z.infer<typeof exporter>>

/** Who took data out, the most rows first. */
export function whoExportedQuery(database: string, { table, minRows, since, until }: ExportQuestion): RecordQuery {
  const isTable = "arrayExists(id -> endsWith(concat('.', id), concat('.', {table:String})), tables)"
  const conditions = [
    "type = 'started'",
    ...(table === undefined ? [] : [isTable]),
    ...(since === undefined ? [] : ["ts >= {since:DateTime64(6, 'UTC')}"]),
    ...(until === undefined ? [] : ["ts < {until:DateTime64(6, 'UTC')}"]),
  ]
  const sql = `
    SELECT principal, anyLast(email) AS email, anyLast(principal_kind) AS principal_kind, count() AS queries,
      countIf(statement_class = 'export') AS exports, sum(taken) AS rows, max(taken) AS largest,
      sum(billed) AS bytes_billed, arraySlice(arraySort(groupUniqArrayArray(tables)), 1, 50) AS tables,
      groupUniqArray(20)(session_id) AS sessions, min(ts) AS first_at, max(ts) AS last_at
    FROM (SELECT * FROM ${database}.events WHERE ${conditions.join(' AND ')}) AS started
    LEFT JOIN (
      SELECT job_id, sum(ifNull(rows_delivered, 0)) AS taken, max(ifNull(bytes_billed, 0)) AS billed
      FROM ${database}.events WHERE type IN ('delivered', 'finished') AND job_id != '' GROUP BY job_id
    ) AS answered USING (job_id)
    GROUP BY principal HAVING rows >= {minRows:UInt64} OR exports > 0
    ORDER BY exports DESC, rows DESC, principal`
  return { record: 'exporters', sql, parameters: { table, since, until, minRows } }
}
