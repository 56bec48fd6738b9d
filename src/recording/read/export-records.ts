import type { SessionFilter } from '../../model/record-question.ts'
import { matchingSessions } from './list-sessions.ts'
import type { RecordQuery } from './record-query.ts'

const exportedTables = ['events', 'column_access', 'results'] as const

/** Every row of the sessions that a filter matches, table by table. */
export function exportQueries(database: string, filter: SessionFilter, sessions: number): readonly RecordQuery[] {
  const { sql, parameters } = matchingSessions(database, filter)
  return exportedTables.map(table => ({
    record: table,
    sql: `SELECT * FROM ${database}.${table} WHERE session_id IN (${sql})
      ORDER BY session_id, ${table}.ts, writer, line`,
    parameters: { ...parameters, limit: sessions },
  }))
}
