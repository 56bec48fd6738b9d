import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Limit, Query } from '../../googlesql/ast/query.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import { integer } from './build.ts'

/** At most so many rows, and not more than the query asks for itself. The order of its rows stays. */
export function limitRows(query: Query, maxRows: number, parameters: readonly QueryParameter[]): Query {
  if (query.pipes.length > 0) {
    return { ...query, pipes: [...query.pipes, { kind: 'PipeLimit', limit: newLimit(maxRows), at }] }
  }
  if (query.body.kind === 'FromQuery') {
    return { ...query, pipes: [{ kind: 'PipeLimit', limit: newLimit(maxRows), at }] }
  }
  if (query.limit === undefined) return { ...query, limit: newLimit(maxRows) }
  const asked = countOf(query.limit.count, parameters)
  if (asked !== undefined && asked <= maxRows) return query
  // What only the run can tell may be less than the bound.
  if (asked === undefined) return { ...query, pipes: [{ kind: 'PipeLimit', limit: newLimit(maxRows), at }] }
  return { ...query, limit: { ...query.limit, count: integer(maxRows) } }
}

function newLimit(maxRows: number): Limit {
  return { kind: 'Limit', count: integer(maxRows), offset: undefined, at }
}

/** How many rows a LIMIT asks for; undefined where a variable of a script or a value behind USING says it. */
function countOf(count: Expression, parameters: readonly QueryParameter[]): number | undefined {
  if (count.kind === 'IntegerLiteral') return Number(count.text)
  if (count.kind !== 'NamedParameter') return undefined
  const value = parameters.find(({ name }) => name?.toLowerCase() === count.name.toLowerCase())?.value
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
}
