import { createHash } from 'node:crypto'
import { z } from 'zod'
import { insertRows as insert } from '../../../gateway/transfer.ts'
import type { RowProblem } from '../../../gateway/transfer-port.ts'
import type { Transfer } from '../../../model/transfer.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { spared } from '../spared.ts'

const insertion = z.strictObject({
  kind: z.literal('bigquery#tableDataInsertAllRequest').exactOptional(),
  rows: z
    .array(
      z.strictObject({
        insertId: z.string().max(128).nullable().exactOptional(),
        json: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(50_000),
  skipInvalidRows: z.boolean().nullable().exactOptional(),
  ignoreUnknownValues: z.boolean().nullable().exactOptional(),
  traceId: z.string().max(128).nullable().exactOptional(),
  templateSuffix: z.null({ error: 'is not taken: rows go into a table that is there' }).exactOptional(),
})

/** Streams rows into a table. The rows pass through as they came; what is on record is how many, their size and their hash. */
export const insertRows = defineMethod({
  id: 'bigquery.tabledata.insertAll',
  verb: 'POST',
  path: 'projects/{project}/datasets/{dataset}/tables/{table}/insertAll',
  query: queryString({}),
  body: insertion,
  run: async ({ path, body, bytes, request, desk }) => {
    const { rows, skipInvalidRows, ignoreUnknownValues } = body
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const transfer: Transfer = {
      ...{ kind: 'insert_rows', sources: [], uris: [], content: { bytes: bytes.length, sha256 } },
      destination: { table: path, write: 'append', create: 'never', options: {} },
      options: spared({ rows: rows.length, skipInvalidRows, ignoreUnknownValues }),
    }
    const text = `insert ${rows.length} rows into ${path.project}.${path.dataset}.${path.table}`
    const asked = { ...request, transfer, text, project: path.project }
    const inserted = await insert(asked, { rowCount: rows.length, body: bytes }, desk.ports)
    if (inserted.state !== 'inserted') return inserted
    return { state: 'answered', body: answerOf(inserted.problems), decisionId: inserted.decision.id }
  },
})

function answerOf(problems: readonly RowProblem[]): object {
  const insertErrors = problems.map(({ index, errors }) => ({
    index,
    errors: errors.map(error => ({ ...error, debugInfo: '' })),
  }))
  return { kind: 'bigquery#tableDataInsertAllResponse', ...(problems.length === 0 ? {} : { insertErrors }) }
}
