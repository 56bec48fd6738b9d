import type { Expression } from '../ast/expression.ts'
import type { Identifier, Path } from '../ast/name.ts'
import type {
  Pivot,
  PivotItem,
  PostfixOperator,
  SampleWeight,
  TableSample,
  Unpivot,
  UnpivotGroup,
} from '../ast/table.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseLiteral } from './literals.ts'
import { parseMatchRecognize } from './match-recognize.ts'
import { parseAlias, parsePath } from './names.ts'
import { parsePartitionBy } from './windows.ts'

/** One PIVOT or UNPIVOT at most, then any number of TABLESAMPLE and MATCH_RECOGNIZE. */
export function parsePostfixOperators(c: Cursor): readonly PostfixOperator[] {
  const operators: PostfixOperator[] = []
  if (isPivot(c)) operators.push(parsePivot(c))
  else if (isUnpivot(c)) operators.push(parseUnpivot(c))
  return [...operators, ...parseRowOperators(c)]
}

/** TABLESAMPLE and MATCH_RECOGNIZE, which may stand behind a join too. */
export function parseRowOperators(c: Cursor): readonly PostfixOperator[] {
  const operators: PostfixOperator[] = []
  for (let next = parseLater(c); next !== undefined; next = parseLater(c)) operators.push(next)
  return operators
}

export function startsPivot(c: Cursor): boolean {
  return isPivot(c) || isUnpivot(c)
}

function isPivot(c: Cursor): boolean {
  return c.is('PIVOT') && c.isAt(1, '(')
}

function isUnpivot(c: Cursor): boolean {
  return c.is('UNPIVOT') && (c.isAt(1, '(') || c.isAt(1, 'INCLUDE') || c.isAt(1, 'EXCLUDE'))
}

function parseLater(c: Cursor): PostfixOperator | undefined {
  if (c.is('TABLESAMPLE')) return parseTableSample(c)
  return c.is('MATCH_RECOGNIZE') && c.isAt(1, '(') ? parseMatchRecognize(c) : undefined
}

/** `PIVOT(aggregate, … FOR column IN (value, …))` */
export function parsePivot(c: Cursor): Pivot {
  const { start } = c
  c.expectAll('PIVOT', '(')
  const aggregates = c.list(parsePivotItem)
  c.expect('FOR')
  const column = c.term()
  c.expect('IN')
  const values = c.parenthesized(parsePivotItem)
  c.expect(')')
  return { kind: 'Pivot', aggregates, for: column, values, alias: parsePostfixAlias(c), at: c.span(start) }
}

function parsePivotItem(c: Cursor): PivotItem {
  const { start } = c
  const value = c.expression()
  return { kind: 'PivotItem', value, alias: parseAlias(c), at: c.span(start) }
}

function parsePostfixAlias(c: Cursor): Identifier | undefined {
  const isOperator = c.isAny(['PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE']) && c.isAt(1, '(')
  return isOperator ? undefined : parseAlias(c)
}

/** `UNPIVOT [INCLUDE|EXCLUDE NULLS] (values FOR name IN (columns [AS label], …))` */
export function parseUnpivot(c: Cursor): Unpivot {
  const { start } = c
  c.expect('UNPIVOT')
  const nulls = c.takeAny(['INCLUDE', 'EXCLUDE'])
  if (nulls !== undefined) c.expect('NULLS')
  c.expect('(')
  const values = c.is('(') ? c.parenthesized(parseColumn) : [c.identifier('a value column')]
  c.expect('FOR')
  const name = c.identifier('a name column')
  c.expect('IN')
  const groups = c.parenthesized(parseUnpivotGroup)
  c.expect(')')
  return { kind: 'Unpivot', nulls, values, name, groups, alias: parsePostfixAlias(c), at: c.span(start) }
}

function parseColumn(c: Cursor): Identifier {
  return c.identifier('a value column')
}

function parseUnpivotGroup(c: Cursor): UnpivotGroup {
  const { start } = c
  const columns: readonly Path[] = c.is('(') ? c.parenthesized(item => parsePath(item)) : [parsePath(c, 'a column')]
  return { kind: 'UnpivotGroup', columns, label: parseLabel(c), at: c.span(start) }
}

function parseLabel(c: Cursor): Expression | undefined {
  const isLabelled = c.take('AS') || c.type === tokenType.string || c.type === tokenType.integer
  if (!isLabelled) return undefined
  if (c.type !== tokenType.string && c.type !== tokenType.integer) throw c.failure('a string or an integer')
  return parseLiteral(c)
}

/** `TABLESAMPLE method (size unit) [WITH WEIGHT [AS alias]] [REPEATABLE (seed)]` */
export function parseTableSample(c: Cursor): TableSample {
  const { start } = c
  c.expect('TABLESAMPLE')
  const method = c.identifier('a sampling method such as SYSTEM')
  c.expect('(')
  const size = c.type === tokenType.float ? c.operand() : parseCount(c)
  const unit = c.expectAny(['PERCENT', 'ROWS'])
  const partitionBy = parsePartitionBy(c)
  c.expect(')')
  const weight = parseWeight(c)
  const repeatable = c.take('REPEATABLE') ? c.parenthesized(parseCount)[0] : undefined
  return { kind: 'TableSample', method, size, unit, partitionBy, weight, repeatable, at: c.span(start) }
}

function parseWeight(c: Cursor): SampleWeight | undefined {
  const { start } = c
  if (!c.takeAll('WITH', 'WEIGHT')) return undefined
  const alias = c.is('REPEATABLE') ? undefined : parseAlias(c)
  return { kind: 'SampleWeight', alias, at: c.span(start) }
}

/** An integer, a parameter or a variable, perhaps cast. */
function parseCount(c: Cursor): Expression {
  const isCount = c.type === tokenType.integer || c.isAny(['@', '@@', '?', 'CAST'])
  if (!isCount) throw c.failure('an integer or a parameter')
  return c.operand()
}
