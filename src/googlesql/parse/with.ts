import type { Expression } from '../ast/expression.ts'
import type { CommonTable, RecursionDepth, WithClause } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { parseIntegerOrParameter } from './literal-or-parameter.ts'
import { parseAsAlias } from './names.ts'

export function parseWith(c: Cursor): WithClause {
  const { start } = c
  c.expect('WITH')
  const recursive = c.take('RECURSIVE')
  const entries = [parseCommonTable(c)]
  // Behind a pipe's WITH a comma may stand alone.
  while (c.is(',') && c.isIdentifier(1)) {
    c.advance()
    entries.push(parseCommonTable(c))
  }
  return { kind: 'WithClause', recursive, entries, at: c.span(start) }
}

function parseCommonTable(c: Cursor): CommonTable {
  const { start } = c
  const name = c.identifier('the name of a common table')
  c.expect('AS')
  const query = c.parenthesizedQuery()
  return { kind: 'CommonTable', name, query, depth: parseDepth(c), at: c.span(start) }
}

/** `WITH DEPTH [AS alias] [BETWEEN low AND high | MAX high]` */
export function parseDepth(c: Cursor): RecursionDepth | undefined {
  const { start } = c
  if (!c.takeAll('WITH', 'DEPTH')) return undefined
  const alias = parseAsAlias(c)
  const between = c.take('BETWEEN')
  const low = between ? parseBound(c) : undefined
  if (between) c.expect('AND')
  const high = between || c.take('MAX') ? parseBound(c) : undefined
  return { kind: 'RecursionDepth', alias, low, high, at: c.span(start) }
}

/** UNBOUNDED says the same as no bound. */
function parseBound(c: Cursor): Expression | undefined {
  return c.take('UNBOUNDED') ? undefined : parseIntegerOrParameter(c)
}
