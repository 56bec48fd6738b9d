import type { Assignment, Delete, Insert, NestedDml, Truncate, Update, UpdateItem } from '../ast/dml.ts'
import type { Expression } from '../ast/expression.ts'
import type { OnConflict } from '../ast/foreign.ts'
import type { PipeInsert } from '../ast/pipe.ts'
import type { Cursor } from './cursor.ts'
import { parseFrom } from './from.ts'
import { parseHint, withHint } from './hints.ts'
import { startsQuery } from './lookahead.ts'
import { parseIdentifiers, parseTablePath } from './names.ts'
import { parseAssertRows, parseInsertRows, parseReturning, parseValueOrDefault } from './rows.ts'
import { parseOffset, parseTableAlias } from './table.ts'

const conflicts = ['IGNORE', 'REPLACE', 'UPDATE'] as const

export function parseInsert(c: Cursor): Insert {
  const { start } = c
  c.expect('INSERT')
  const conflict = parseConflict(c)
  c.take('INTO')
  const target = parseTablePath(c)
  const hint = parseHint(c)
  const columns = c.is('(') && !startsInsertQuery(c, 0) ? parseIdentifiers(c) : []
  const source = parseInsertSource(c)
  const onConflict = endsInParenthesis(source) ? parseOnConflict(c) : undefined
  const ending = parseInsertEnding(c, onConflict)
  return withHint({ kind: 'Insert', conflict, target, columns, source, ...ending, at: c.span(start) }, hint)
}

/** `|> INSERT [OR conflict] [INTO] target [(columns)]` */
export function parsePipeInsert(c: Cursor, start: number): PipeInsert {
  c.expect('INSERT')
  const conflict = parseConflict(c)
  c.take('INTO')
  const target = parseTablePath(c)
  const hint = parseHint(c)
  const columns = c.is('(') ? parseIdentifiers(c) : []
  const ending = parseInsertEnding(c, parseOnConflict(c))
  return withHint({ kind: 'PipeInsert', conflict, target, columns, ...ending, at: c.span(start) }, hint)
}

function parseInsertEnding(
  c: Cursor,
  onConflict: OnConflict | undefined,
): Pick<Insert, 'onConflict' | 'assertRows' | 'returning'> {
  const ending = { assertRows: parseAssertRows(c), returning: parseReturning(c) }
  return onConflict === undefined ? ending : { ...ending, onConflict }
}

/** Behind a query without parentheses ON would be a condition of its last join. */
function endsInParenthesis(source: Insert['source']): boolean {
  if (source.kind === 'InsertRows') return true
  const { body, at } = source
  return body.kind === 'NestedQuery' && body.at.start === at.start && body.at.end === at.end
}

/** `ON CONFLICT [(columns) | ON UNIQUE CONSTRAINT name] DO NOTHING | DO UPDATE SET … [WHERE …]` */
function parseOnConflict(c: Cursor): OnConflict | undefined {
  const { start } = c
  if (!c.are('ON', 'CONFLICT')) return undefined
  c.lacks('onConflict', start)
  c.expectAll('ON', 'CONFLICT')
  const columns = c.is('(') ? parseIdentifiers(c) : []
  const isNamed = columns.length === 0 && c.takeAll('ON', 'UNIQUE', 'CONSTRAINT')
  const constraint = isNamed ? c.identifier('the name of a constraint') : undefined
  c.expect('DO')
  const items = c.take('UPDATE') ? parseUpdateItems(c) : []
  if (items.length === 0) c.expect('NOTHING')
  const where = items.length > 0 && c.take('WHERE') ? c.expression() : undefined
  return { kind: 'OnConflict', columns, constraint, items, where, at: c.span(start) }
}

/** `OR IGNORE`, of which OR may be left out; in front of a dot the word is the beginning of a table's name. */
function parseConflict(c: Cursor): Insert['conflict'] {
  if (c.take('OR')) return c.expectAny(conflicts)
  return c.isAt(1, '.') ? undefined : c.takeAny(conflicts)
}

function parseInsertSource(c: Cursor): Insert['source'] {
  if (c.is('VALUES')) return parseInsertRows(c)
  if (startsInsertQuery(c, 0)) return c.query()
  throw c.failure('VALUES or a query')
}

/** A parenthesis holds a query or columns, as the word inside it tells. */
function startsInsertQuery(c: Cursor, ahead: number): boolean {
  if (!c.isAt(ahead, '(')) return startsQuery(c, ahead)
  return c.isAt(ahead + 1, '(') || startsQuery(c, ahead + 1)
}

/** What UPDATE and DELETE say of their target. */
function parseTarget(c: Cursor): Pick<Delete, 'target' | 'hint' | 'alias' | 'offset'> {
  const target = parseTablePath(c)
  const hint = parseHint(c)
  return withHint({ target, alias: parseTableAlias(c), offset: parseOffset(c) }, hint)
}

/** What ends UPDATE and DELETE. */
function parseEnding(c: Cursor): Pick<Delete, 'where' | 'assertRows' | 'returning'> {
  const where = c.take('WHERE') ? c.expression() : undefined
  return { where, assertRows: parseAssertRows(c), returning: parseReturning(c) }
}

export function parseDelete(c: Cursor): Delete {
  const { start } = c
  c.expect('DELETE')
  c.take('FROM')
  return { kind: 'Delete', ...parseTarget(c), ...parseEnding(c), at: c.span(start) }
}

export function parseUpdate(c: Cursor): Update {
  const { start } = c
  c.expect('UPDATE')
  const target = parseTarget(c)
  const items = parseUpdateItems(c)
  const from = c.is('FROM') ? parseFrom(c) : undefined
  return { kind: 'Update', ...target, items, from, ...parseEnding(c), at: c.span(start) }
}

/** `SET a = 1, b.c[0] = DEFAULT, (DELETE d WHERE …)` */
export function parseUpdateItems(c: Cursor): readonly UpdateItem[] {
  c.expect('SET')
  return c.list(item => (item.is('(') ? parseNestedDml(item) : parseAssignment(item)))
}

function parseAssignment(c: Cursor): Assignment {
  const { start } = c
  const target = c.term()
  if (!isAssignable(target)) throw c.failureAt(start, 'a column, a field or an element', 'an expression')
  c.expect('=')
  return { kind: 'Assignment', target, value: parseValueOrDefault(c), at: c.span(start) }
}

function isAssignable(target: Expression): boolean {
  switch (target.kind) {
    case 'PathExpression':
      return true
    case 'FieldAccess':
    case 'ElementAccess':
    case 'ExtensionAccess':
      return target.target !== undefined && isAssignable(target.target)
    default:
      return false
  }
}

function parseNestedDml(c: Cursor): NestedDml {
  return c.nested(readNestedDml)
}

function readNestedDml(c: Cursor): NestedDml {
  const { start } = c
  c.expect('(')
  const statement = parseNestedStatement(c)
  c.expect(')')
  return { kind: 'NestedDml', statement, at: c.span(start) }
}

function parseNestedStatement(c: Cursor): NestedDml['statement'] {
  if (c.is('DELETE')) return parseDelete(c)
  if (c.is('UPDATE')) return parseUpdate(c)
  if (c.is('INSERT')) return parseInsert(c)
  throw c.failure('DELETE or INSERT or UPDATE')
}

export function parseTruncate(c: Cursor): Truncate {
  const { start } = c
  c.expectAll('TRUNCATE', 'TABLE')
  const target = parseTablePath(c)
  const where = c.take('WHERE') ? c.expression() : undefined
  return { kind: 'Truncate', target, where, at: c.span(start) }
}
