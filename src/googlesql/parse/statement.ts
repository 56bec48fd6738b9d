import type { Statement } from '../ast/statement.ts'
import type { Cursor } from './cursor.ts'
import { startsQuery } from './lookahead.ts'

export function parseOneStatement(c: Cursor): Statement {
  const { start } = c
  if (startsQuery(c) || c.is('(')) return { kind: 'QueryStatement', query: c.query(), at: c.span(start) }
  throw c.failure('a statement')
}
