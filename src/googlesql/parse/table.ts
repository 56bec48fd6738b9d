import type { Expression } from '../ast/expression.ts'
import type { Identifier } from '../ast/name.ts'
import type { Query } from '../ast/query.ts'
import type {
  JoinChain,
  TableExpression,
  TableFunction,
  UnnestArray,
  UnnestReference,
  WithOffset,
} from '../ast/table.ts'
import { parseArgument } from './arguments.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, withHint } from './hints.ts'
import { startsQuery } from './lookahead.ts'
import { parseAsAlias, parsePath, parseTablePath } from './names.ts'
import { nestedQuery } from './nested-query.ts'
import { parsePostfixOperators, parseRowOperators, startsPivot } from './postfix-operators.ts'
import { parseUnnestMode } from './unnest-mode.ts'

/** Reads the joins that follow a table inside parentheses; given from above, because joins are made of tables. */
type Joins = (c: Cursor, first: TableExpression) => TableExpression

export function parseTable(c: Cursor, joins: Joins): TableExpression {
  const { start } = c
  if (c.is('(')) return closeParenthesis(c, openParenthesis(c, joins), start, false)
  if (c.is('UNNEST')) return parseUnnest(c)
  if (c.take('LATERAL')) return parseLateral(c, joins, start)
  const path = parseTablePath(c)
  if (c.is('(')) return parseTableFunction(c, path, false, start)
  const hint = parseHint(c)
  const alias = parseTableAlias(c)
  const offset = parseOffset(c)
  const systemTime = parseSystemTime(c)
  if (systemTime !== undefined && startsPivot(c)) throw c.failure('no PIVOT behind FOR SYSTEM_TIME', pivotHint)
  const postfix = parsePostfixOperators(c)
  return withHint({ kind: 'TableReference', path, alias, offset, systemTime, postfix, at: c.span(start) }, hint)
}

const pivotHint = 'Put the table and its time into a subquery, and pivot that.'

function parseLateral(c: Cursor, joins: Joins, start: number): TableExpression {
  if (c.is('(')) return closeParenthesis(c, openParenthesis(c, joins), start, true)
  return parseTableFunction(c, parsePath(c), true, start)
}

/** Words that are aliases unless their parenthesis shows that they are operators. */
const operatorWords = ['PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE'] as const

export function parseTableAlias(c: Cursor): Identifier | undefined {
  if (c.take('AS')) return c.identifier('an alias')
  if (c.isAny(operatorWords) && (c.isAt(1, '(') || c.isAt(1, 'INCLUDE') || c.isAt(1, 'EXCLUDE'))) return undefined
  return c.isIdentifier() ? c.identifier() : undefined
}

export function parseOffset(c: Cursor): WithOffset | undefined {
  const { start } = c
  if (!c.takeAll('WITH', 'OFFSET')) return undefined
  return { kind: 'WithOffset', alias: parseTableAlias(c), at: c.span(start) }
}

/** `FOR SYSTEM_TIME AS OF time` */
export function parseSystemTime(c: Cursor): Expression | undefined {
  if (c.isAt(1, 'UPDATE') || !c.take('FOR')) return undefined
  if (!c.takeAll('SYSTEM', 'TIME')) c.expect('SYSTEM_TIME')
  c.expectAll('AS', 'OF')
  return c.expression()
}

function parseUnnest(c: Cursor): UnnestReference {
  const { start } = c
  c.expectAll('UNNEST', '(')
  const arrays: UnnestArray[] = [parseUnnestArray(c)]
  let mode: Expression | undefined
  while (mode === undefined && c.take(',')) {
    if (c.isAt(1, '=>')) mode = parseUnnestMode(c)
    else arrays.push(parseUnnestArray(c))
  }
  c.expect(')')
  const hint = parseHint(c)
  const alias = parseTableAlias(c)
  const offset = parseOffset(c)
  const postfix = parsePostfixOperators(c)
  return withHint({ kind: 'UnnestReference', arrays, mode, alias, offset, postfix, at: c.span(start) }, hint)
}

function parseUnnestArray(c: Cursor): UnnestArray {
  const { start } = c
  const value = c.expression()
  return { kind: 'UnnestArray', value, alias: parseAsAlias(c), at: c.span(start) }
}

export function parseTableFunction(
  c: Cursor,
  name: TableFunction['name'],
  lateral: boolean,
  start: number,
): TableFunction {
  const args = parseTableArguments(c)
  const hint = parseHint(c)
  const alias = parseTableAlias(c)
  const postfix = parsePostfixOperators(c)
  return withHint({ kind: 'TableFunction', lateral, name, args, alias, postfix, at: c.span(start) }, hint)
}

function parseTableArguments(c: Cursor): TableFunction['args'] {
  c.expect('(')
  const args = c.is(')') ? [] : c.nested(inner => inner.list(parseArgument))
  c.expect(')')
  return args
}

/** `|> CALL f(…) [AS alias]` */
export function parseCalledTable(c: Cursor): TableFunction {
  const { start } = c
  const name = parsePath(c, 'a table function')
  const args = parseTableArguments(c)
  const hint = parseHint(c)
  const alias = parseTableAlias(c)
  return withHint({ kind: 'TableFunction', lateral: false, name, args, alias, postfix: [], at: c.span(start) }, hint)
}

/** What a parenthesis held; its alias and operators are still to come. */
type Opened = { readonly query: Query } | { readonly join: JoinChain }

function openParenthesis(c: Cursor, joins: Joins): Opened {
  return c.nested(inner => readParenthesis(inner, joins))
}

function readParenthesis(c: Cursor, joins: Joins): Opened {
  c.expect('(')
  const opened = startsQuery(c) ? { query: c.query() } : readTables(c, joins)
  c.expect(')')
  return opened
}

function readTables(c: Cursor, joins: Joins): Opened {
  const { start } = c
  const opened = c.is('(') ? openParenthesis(c, joins) : undefined
  const nested = opened !== undefined && 'query' in opened ? nestedQuery(c, opened.query, start) : undefined
  if (nested !== undefined) return { query: c.productions.queryAfter(c, nested) }
  const first = opened === undefined ? parseTable(c, joins) : closeParenthesis(c, opened, start, false)
  const join = joins(c, first)
  if (join.kind !== 'JoinChain') throw c.failure('a join', 'Parentheses in FROM hold a query or a join.')
  return { join }
}

function closeParenthesis(c: Cursor, opened: Opened, start: number, lateral: boolean): TableExpression {
  if ('query' in opened) {
    const alias = parseTableAlias(c)
    const postfix = parsePostfixOperators(c)
    return { kind: 'SubqueryReference', lateral, query: opened.query, alias, postfix, at: c.span(start) }
  }
  const postfix = parseRowOperators(c)
  return { kind: 'ParenthesizedJoin', join: opened.join, postfix, at: c.span(start) }
}
