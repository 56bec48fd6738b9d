import type { Expression } from '../ast/expression.ts'
import type {
  EmptyGrouping,
  GroupBy,
  GroupingItem,
  GroupingKey,
  GroupingSet,
  Ordered,
  OrderItem,
} from '../ast/grouping.ts'
import type { Limit } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, startsBy, takeBy, withHint, withOrderHint } from './hints.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parseAlias } from './names.ts'

/** `ORDER [hint] BY item, …`, if it is there. */
export function parseOrderBy(c: Cursor): Ordered {
  if (!startsBy(c, 'ORDER')) return unordered
  const hint = takeBy(c)
  return withOrderHint({ orderBy: c.list(parseOrderItem) }, hint)
}

export const unordered: Ordered = { orderBy: [] }

export function parseOrderItem(c: Cursor): OrderItem {
  const { start } = c
  const value = c.expression()
  const collate = c.take('COLLATE') ? parseTextOrParameter(c) : undefined
  return { kind: 'OrderItem', value, collate, ...parseDirection(c), at: c.span(start) }
}

export type Direction = { readonly direction: 'ASC' | 'DESC' | undefined; readonly nulls: 'FIRST' | 'LAST' | undefined }

export const undirected: Direction = { direction: undefined, nulls: undefined }

export function parseDirection(c: Cursor): Direction {
  const direction = c.takeAny(['ASC', 'DESC'])
  const nulls = c.take('NULLS') ? c.expectAny(['FIRST', 'LAST']) : undefined
  return { direction, nulls }
}

export function parseLimit(c: Cursor): Limit | undefined {
  const { start } = c
  if (!c.take('LIMIT')) return undefined
  const count = parseCount(c)
  const offset = c.take('OFFSET') ? c.expression() : undefined
  return { kind: 'Limit', count, offset, at: c.span(start) }
}

/** LIMIT ALL is kept as the largest count there is. */
function parseCount(c: Cursor): Expression {
  const { start } = c
  if (c.take('ALL')) return { kind: 'IntegerLiteral', text: '9223372036854775807', at: c.span(start) }
  return c.expression()
}

/** GROUP BY as SELECT and aggregate calls have it. */
export function parseGroupBy(c: Cursor): GroupBy | undefined {
  const { start } = c
  if (!c.take('GROUP')) return undefined
  const hint = parseHint(c)
  c.expect('BY')
  const all = c.take('ALL')
  const items = all ? [] : c.list(parseGroupingItem)
  return withHint<GroupBy>({ kind: 'GroupBy', all, ordered: false, items, at: c.span(start) }, hint)
}

/** GROUP [AND ORDER] BY of pipe syntax, whose keys take aliases and an order. */
export function parsePipeGroupBy(c: Cursor): GroupBy | undefined {
  const { start } = c
  if (!c.take('GROUP')) return undefined
  const hint = parseHint(c)
  const ordered = c.takeAll('AND', 'ORDER')
  c.expect('BY')
  const items: GroupingItem[] = [parsePipeGroupingItem(c)]
  while (c.take(',') && !endsPipeList(c)) items.push(parsePipeGroupingItem(c))
  return withHint<GroupBy>({ kind: 'GroupBy', all: false, ordered, items, at: c.span(start) }, hint)
}

/** Where a trailing comma may have stood. */
export function endsPipeList(c: Cursor): boolean {
  return c.is('|>') || c.is(')') || c.is(';') || c.isEnd
}

function parsePipeGroupingItem(c: Cursor): GroupingItem {
  const { start } = c
  const special = parseGroupingSet(c)
  if (special !== undefined) return special
  const value = c.expression()
  const alias = parseAlias(c)
  return { kind: 'GroupingKey', value, alias, ...parseDirection(c), at: c.span(start) }
}

function parseGroupingItem(c: Cursor): GroupingItem {
  return parseGroupingSet(c) ?? parseGroupingKey(c)
}

function parseGroupingKey(c: Cursor): GroupingKey {
  const { start } = c
  const value = c.expression()
  return { kind: 'GroupingKey', value, alias: undefined, direction: undefined, nulls: undefined, at: c.span(start) }
}

/** GROUPING SETS does not stand in itself. */
function parseSetItem(c: Cursor): GroupingItem {
  if (c.are('GROUPING', 'SETS')) throw c.failure('columns, ROLLUP or CUBE')
  return parseGroupingItem(c)
}

function parseGroupingSet(c: Cursor): GroupingSet | EmptyGrouping | undefined {
  const { start } = c
  if (c.takeAll('(', ')')) return { kind: 'EmptyGrouping', at: c.span(start) }
  if (c.takeAll('GROUPING', 'SETS')) {
    const items = c.parenthesized(parseSetItem)
    return { kind: 'GroupingSet', operator: 'GROUPING SETS', items, at: c.span(start) }
  }
  const operator = c.takeAny(['ROLLUP', 'CUBE'])
  if (operator === undefined) return undefined
  return { kind: 'GroupingSet', operator, items: c.parenthesized(parseGroupingKey), at: c.span(start) }
}
