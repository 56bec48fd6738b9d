import type { ClickHouseClient } from '@clickhouse/client'
import type { z } from 'zod'

/** A store to read records from. */
export type RecordReader = { readonly client: ClickHouseClient; readonly database: string }

/** Runs a query and reads each row strictly: what a store answers is outside input too. */
export async function readRows<T>(
  { client }: RecordReader,
  row: z.ZodType<T>,
  query: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<readonly T[]> {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  const answer = await client.query({
    query,
    query_params: Object.fromEntries(given),
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    format: 'JSONEachRow',
  })
  const rows = await answer.json<unknown>()
  return rows.map(one => row.parse(one))
}
