import { matchingSessions } from './list-sessions.ts'
import type { RecordReader } from './reader.ts'
import { filterCondition, type SessionFilter } from './session-filter.ts'

const exportedTables = ['events', 'column_access', 'results'] as const

/** Every row of the sessions that a filter matches, as JSON text, each with the table that it is from. */
export async function* exportRecords(
  reader: RecordReader,
  filter: SessionFilter,
  sessions: number,
): AsyncIterable<string> {
  const { sql, parameters } = filterCondition(reader, filter)
  for (const table of exportedTables) {
    const answer = await reader.client.query({
      query: `SELECT '${table}' AS record, * FROM ${reader.database}.${table}
        WHERE session_id IN (${matchingSessions(reader, filter, sql)})
        ORDER BY session_id, ${table}.ts, writer, line`,
      query_params: { ...parameters, limit: sessions },
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      format: 'JSONEachRow',
    })
    for await (const rows of answer.stream()) for (const row of rows) yield row.text
  }
}
