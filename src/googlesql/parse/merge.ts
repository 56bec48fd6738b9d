import type { Merge, MergeClause, MergeInsert } from '../ast/dml.ts'
import type { TableExpression } from '../ast/table.ts'
import type { Cursor } from './cursor.ts'
import { parseUpdateItems } from './dml.ts'
import { parseTable } from './from.ts'
import { parseIdentifiers, parseTablePath } from './names.ts'
import { parseInsertRow } from './rows.ts'
import { parseTableAlias } from './table.ts'

export function parseMerge(c: Cursor): Merge {
  const { start } = c
  c.expect('MERGE')
  c.take('INTO')
  const target = parseTablePath(c)
  const alias = parseTableAlias(c)
  c.expect('USING')
  const source = parseMergeSource(c)
  c.expect('ON')
  const on = c.expression()
  const clauses = [parseMergeClause(c)]
  while (c.is('WHEN')) clauses.push(parseMergeClause(c))
  return { kind: 'Merge', target, alias, source, on, clauses, at: c.span(start) }
}

const sourceKinds: readonly TableExpression['kind'][] = ['TableReference', 'SubqueryReference', 'UnnestReference']

function parseMergeSource(c: Cursor): TableExpression {
  const { start } = c
  const source = parseTable(c)
  if (isMergeSource(source)) return source
  const hint = 'Put the source into a subquery.'
  throw c.failureAt(start, 'a table or a query in parentheses', 'another kind of source', hint)
}

function isMergeSource(source: TableExpression): boolean {
  if (!sourceKinds.includes(source.kind) || !('postfix' in source)) return false
  const isLateral = source.kind === 'SubqueryReference' && source.lateral
  return !isLateral && source.postfix.every(({ kind }) => kind === 'Pivot' || kind === 'Unpivot')
}

function parseMergeClause(c: Cursor): MergeClause {
  const { start } = c
  c.expect('WHEN')
  const when = parseMatch(c)
  const condition = c.take('AND') ? c.expression() : undefined
  c.expect('THEN')
  return { kind: 'MergeClause', when, condition, action: parseMergeAction(c), at: c.span(start) }
}

function parseMatch(c: Cursor): MergeClause['when'] {
  const negated = c.take('NOT')
  c.expect('MATCHED')
  if (!negated) return 'MATCHED'
  const side = c.take('BY') ? c.expectAny(['TARGET', 'SOURCE']) : 'TARGET'
  return `NOT MATCHED BY ${side}`
}

function parseMergeAction(c: Cursor): MergeClause['action'] {
  const { start } = c
  if (c.take('DELETE')) return { kind: 'MergeDelete', at: c.span(start) }
  if (c.take('UPDATE')) return { kind: 'MergeUpdate', items: parseUpdateItems(c), at: c.span(start) }
  if (c.is('INSERT')) return parseMergeInsert(c)
  throw c.failure('INSERT or UPDATE or DELETE')
}

function parseMergeInsert(c: Cursor): MergeInsert {
  const { start } = c
  c.expect('INSERT')
  const columns = c.is('(') ? parseIdentifiers(c) : []
  const values = c.expectAny(['VALUES', 'ROW']) === 'VALUES' ? parseInsertRow(c) : undefined
  return { kind: 'MergeInsert', columns, values, at: c.span(start) }
}
