import type { InsertRow, InsertRows, Returning } from '../ast/dml.ts'
import type { Expression } from '../ast/expression.ts'
import type { Cursor } from './cursor.ts'
import { parseAsAlias } from './names.ts'
import { parseSelectItems } from './select.ts'

/** `VALUES (…), (…)` */
export function parseInsertRows(c: Cursor): InsertRows {
  const { start } = c
  c.expect('VALUES')
  return { kind: 'InsertRows', rows: c.list(parseInsertRow), at: c.span(start) }
}

/** `(value, DEFAULT, …)` */
export function parseInsertRow(c: Cursor): InsertRow {
  const { start } = c
  return { kind: 'InsertRow', values: c.parenthesized(parseValueOrDefault), at: c.span(start) }
}

export function parseValueOrDefault(c: Cursor): Expression {
  const { start } = c
  return c.take('DEFAULT') ? { kind: 'DefaultValue', at: c.span(start) } : c.expression()
}

/** `ASSERT_ROWS_MODIFIED n`: a number or a parameter, and nothing that would have to be computed. */
export function parseAssertRows(c: Cursor): Expression | undefined {
  if (!c.take('ASSERT_ROWS_MODIFIED')) return undefined
  const { start } = c
  const count = c.operand()
  if (isCount(count) || (count.kind === 'Cast' && isCount(count.value))) return count
  throw c.failureAt(start, 'an integer or a parameter', 'an expression')
}

function isCount({ kind }: Expression): boolean {
  return kind === 'IntegerLiteral' || kind === 'SystemVariable' || kind.endsWith('Parameter')
}

/** `THEN RETURN [WITH ACTION [AS alias]] items` */
export function parseReturning(c: Cursor): Returning | undefined {
  const { start } = c
  if (!c.takeAll('THEN', 'RETURN')) return undefined
  const withAction = c.takeAll('WITH', 'ACTION')
  const actionAlias = withAction ? parseAsAlias(c) : undefined
  return { kind: 'Returning', withAction, actionAlias, items: parseSelectItems(c), at: c.span(start) }
}
