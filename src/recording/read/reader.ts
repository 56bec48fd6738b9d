import type { ClickHouseClient } from '@clickhouse/client'
import type { z } from 'zod'

/** A store to read records from. */
export type RecordReader = { readonly client: ClickHouseClient; readonly database: string }

type Statement = { readonly sql: string; readonly parameters: Readonly<Record<string, unknown>> }

/** Runs a query and reads each row strictly: what a store answers is outside input too. */
export async function readRows<T>(
  reader: RecordReader,
  row: z.ZodType<T>,
  query: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<readonly T[]> {
  const answer = await run(reader, { sql: query, parameters })
  const rows = await answer.json<unknown>()
  return rows.map(one => row.parse(one))
}

/** The rows as JSON text, one after the other, for as long as anybody wants them. */
export async function* rowTexts(
  reader: RecordReader,
  statement: Statement,
  signal?: AbortSignal,
): AsyncIterable<string> {
  const answer = await run(reader, statement, signal)
  for await (const rows of answer.stream()) for (const row of rows) yield row.text
}

function run({ client }: RecordReader, { sql, parameters }: Statement, signal?: AbortSignal) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  return client.query({
    query: sql,
    query_params: Object.fromEntries(given),
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      // A query that reads backwards until it has enough would else fill a block of what it looks for first.
      read_in_order_use_buffering: 0,
    },
    format: 'JSONEachRow',
    ...(signal && { abort_signal: signal }),
  })
}
