import { z } from 'zod'
import type { ColumnQuestion } from '../../model/record-question.ts'
import { timeFromText } from '../rows/row.ts'
import { columnCondition } from './column-condition.ts'
import type { RecordQuery } from './record-query.ts'

export const columnReader = z
  .strictObject({
    principal: z.string(),
    email: z.string(),
    principal_kind: z.string(),
    queries: z.int(),
    unmasked: z.int(),
    denied: z.int(),
    uses: z.array(z.string()),
    masks: z.array(z.string()),
    columns: z.array(z.string()),
    sessions: z.array(z.string()),
    first_at: z.string().transform(timeFromText),
    last_at: z.string().transform(timeFromText),
  })
  .transform(({ principal_kind, first_at, last_at, ...row }) => ({
    ...row,
    principalKind: principal_kind,
    firstAt: first_at,
    lastAt: last_at,
  }))
/** One principal and what it did with a column. `unmasked` are queries that saw the values as they are. */
export type ColumnReader = Readonly<z.infer<typeof columnReader>>

/** Who read a column, the latest first. */
export function whoReadQuery(database: string, { column, since, until }: ColumnQuestion): RecordQuery {
  const { sql: condition, parameters } = columnCondition(column)
  const ran = "effect = 'allow' AND job_id != ''"
  const sql = `
    SELECT principal, anyLast(email) AS email, anyLast(principal_kind) AS principal_kind,
      uniqExactIf(request_id, ${ran}) AS queries, uniqExactIf(request_id, ${ran} AND mask = '') AS unmasked,
      uniqExactIf(request_id, effect != 'allow') AS denied,
      arraySort(groupUniqArrayArray(uses)) AS uses, arraySort(groupUniqArrayIf(mask, mask != '')) AS masks,
      arraySort(groupUniqArray(concat(table, '.', column))) AS columns,
      groupUniqArray(20)(session_id) AS sessions, min(ts) AS first_at, max(ts) AS last_at
    FROM ${database}.column_access
    WHERE ${[condition, ...(since ? ["ts >= {since:DateTime64(6, 'UTC')}"] : [])].join(' AND ')}
      ${until ? "AND ts < {until:DateTime64(6, 'UTC')}" : ''}
    GROUP BY principal HAVING queries + denied > 0 ORDER BY last_at DESC, principal`
  return { record: 'readers', sql, parameters: { ...parameters, since, until } }
}
