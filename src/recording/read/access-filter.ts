import type { SessionFilter } from '../../model/record-question.ts'
import { columnCondition } from './column-condition.ts'
import { type Clause, type Clauses, clauses, joinClauses } from './session-filter.ts'

const { sessionId, person, effect, since, until } = clauses
/** What `column_access` can tell, too: its order begins with table and column, so that it reads little. */
const accessClauses: Partial<Clauses> = {
  ...{ sessionId, person, effect, since, until },
  table: table => ({ sql: 'table = {table:String}', parameters: { table } }),
  column: column => {
    if (column.split('.').length > 3) return columnCondition(column)
    const isEnd = "endsWith(concat('.', table, '.', column), concat('.', {column:String}))"
    return { sql: isEnd, parameters: { column } }
  },
}

/** The filter as a condition on `column_access`; undefined where it names no column, or asks for more than that table has. */
export function accessCondition(database: string, filter: SessionFilter): Clause | undefined {
  const asked = (Object.keys(filter) as (keyof SessionFilter)[]).filter(key => filter[key] !== undefined)
  if (filter.column === undefined || asked.some(key => accessClauses[key] === undefined)) return undefined
  return joinClauses(accessClauses, filter, database)
}
