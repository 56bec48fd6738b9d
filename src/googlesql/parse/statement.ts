import type { Statement } from '../ast/statement.ts'
import type { TokenText } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseDelete, parseInsert, parseTruncate, parseUpdate } from './dml.ts'
import { startsQuery } from './lookahead.ts'
import { parseMerge } from './merge.ts'

/** What each first word begins. */
const parsers: ReadonlyMap<TokenText, (c: Cursor) => Statement> = new Map<TokenText, (c: Cursor) => Statement>([
  ['INSERT', parseInsert],
  ['UPDATE', parseUpdate],
  ['DELETE', parseDelete],
  ['MERGE', parseMerge],
  ['TRUNCATE', parseTruncate],
])

export function parseOneStatement(c: Cursor): Statement {
  const { start } = c
  if (startsQuery(c) || c.is('(')) return { kind: 'QueryStatement', query: c.query(), at: c.span(start) }
  const parser = parsers.get(c.text)
  if (parser === undefined) throw c.failure('a statement')
  return parser(c)
}
