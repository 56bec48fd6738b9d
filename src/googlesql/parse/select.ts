import type { Expression } from '../ast/expression.ts'
import type { Options } from '../ast/name.ts'
import type { ExpressionItem, Select, SelectItem, SelectModifier, StarItem } from '../ast/query.ts'
import { children } from '../walk.ts'
import type { Cursor } from './cursor.ts'
import { parseFrom } from './from.ts'
import { parseHint, withHint } from './hints.ts'
import { parseAlias, parseIdentifiers, parseOptionList, parsePath } from './names.ts'
import { parseGroupBy } from './ordering.ts'
import { parseWindows } from './windows.ts'

export function parseSelect(c: Cursor): Select {
  const { start } = c
  const { privacy, distinct, as, items, hint } = parseSelectHead(c)
  const from = c.is('FROM') ? parseFrom(c) : undefined
  const where = c.take('WHERE') ? c.expression() : undefined
  const groupBy = parseGroupBy(c)
  const having = c.take('HAVING') ? c.expression() : undefined
  const qualify = c.take('QUALIFY') ? c.expression() : undefined
  const windows = parseWindows(c)
  const at = c.span(start)
  return withHint<Select>(
    { kind: 'Select', privacy, distinct, as, items, from, where, groupBy, having, qualify, windows, at },
    hint,
  )
}

/** SELECT up to the end of its list, which is all of it that a pipe has. */
export function parseSelectHead(c: Cursor): Pick<Select, 'privacy' | 'distinct' | 'as' | 'items' | 'hint'> {
  c.expect('SELECT')
  const hint = parseHint(c)
  const privacy = parseSelectModifier(c)
  const distinct = c.take('DISTINCT')
  if (!distinct) c.take('ALL')
  const as = c.take('AS') ? parseSelectAs(c) : undefined
  return withHint({ privacy, distinct, as, items: parseSelectItems(c) }, hint)
}

/** STRUCT, VALUE, or the name of a protocol buffer. */
function parseSelectAs(c: Cursor): NonNullable<Select['as']> {
  const word = c.isAt(1, '.') ? undefined : c.takeAny(['STRUCT', 'VALUE'])
  if (word !== undefined) return word
  c.lacks('selectAs', c.start)
  return parsePath(c, 'STRUCT or VALUE')
}

/** `WITH name [OPTIONS (…)]` after SELECT or AGGREGATE. */
export function parseSelectModifier(c: Cursor): SelectModifier | undefined {
  const { start } = c
  if (!c.is('WITH') || c.isAt(1, '(')) return undefined
  c.advance()
  const name = c.identifier('a modifier such as DIFFERENTIAL_PRIVACY')
  const options = c.is('OPTIONS') && c.isAt(1, '(') ? parseModifierOptions(c) : undefined
  return { kind: 'SelectModifier', name, options, at: c.span(start) }
}

function parseModifierOptions(c: Cursor): Options {
  c.expect('OPTIONS')
  return parseOptionList(c)
}

/** A list may end in a comma. */
export function parseSelectItems(c: Cursor): readonly SelectItem[] {
  const items = [parseSelectItem(c)]
  while (c.take(',')) {
    if (endsItems(c)) break
    items.push(parseSelectItem(c))
  }
  return items
}

const clauseStarts = [
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'QUALIFY',
  'WINDOW',
  'ORDER',
  'LIMIT',
  '|>',
  ')',
  ';',
] as const
const setStarts = ['UNION', 'INTERSECT', 'EXCEPT', 'FULL', 'INNER'] as const

export function endsItems(c: Cursor): boolean {
  return c.isEnd || c.isAny(clauseStarts) || c.isAny(setStarts)
}

export function parseSelectItem(c: Cursor): SelectItem {
  const { start } = c
  if (c.take('*')) return parseStar(c, undefined, start)
  const value = c.expression()
  if (c.takeAll('.', '*')) return parseStar(c, starTarget(c, value), start)
  return { kind: 'ExpressionItem', value, alias: parseAlias(c), at: c.span(start) }
}

const operations: readonly Expression['kind'][] = [
  ...(['And', 'Or', 'Not', 'Binary', 'Unary', 'Comparison', 'IsDistinctFrom', 'Between', 'Like'] as const),
]

/** `.*` takes the columns of what stands directly before it: an operation must be in parentheses. */
function starTarget(c: Cursor, value: Expression): Expression {
  if (operations.includes(value.kind) && !isParenthesized(c, value))
    throw c.failure('parentheses around the expression before ".*"')
  return value
}

/** The span of a parenthesized expression begins with its parenthesis, in front of its first operand. */
function isParenthesized(c: Cursor, value: Expression): boolean {
  const [first] = children(value)
  return c.tokens.source[value.at.start] === '(' && first !== undefined && first.at.start > value.at.start
}

function parseStar(c: Cursor, target: Expression | undefined, start: number): StarItem {
  const except = c.is('EXCEPT') && c.isAt(1, '(') ? parseExcept(c) : []
  const replace = c.take('REPLACE') ? c.parenthesized(parseReplacement) : []
  return { kind: 'StarItem', target, except, replace, at: c.span(start) }
}

function parseExcept(c: Cursor): StarItem['except'] {
  c.expect('EXCEPT')
  return parseIdentifiers(c)
}

function parseReplacement(c: Cursor): ExpressionItem {
  const { start } = c
  const value = c.expression()
  c.expect('AS')
  const alias = c.identifier('a column name')
  return { kind: 'ExpressionItem', value, alias, at: c.span(start) }
}
