import type { NestedQuery, Query } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { continuesQuery } from './lookahead.ts'
import { parseAsAlias } from './names.ts'

/**
 * A query in parentheses, just read inside another parenthesis, as the beginning of a larger query;
 * undefined where it is an operand, and nothing is taken then.
 */
export function nestedQuery(c: Cursor, query: Query, start: number): NestedQuery | undefined {
  const { position } = c
  const alias = parseAsAlias(c)
  if (c.is(')') || continuesQuery(c)) return { kind: 'NestedQuery', query, alias, at: c.span(start) }
  c.position = position
  return undefined
}
