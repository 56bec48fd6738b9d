import type { Expression } from '../ast/expression.ts'
import type { Query } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { startsQuery } from './lookahead.ts'
import { nestedQuery } from './nested-query.ts'

/** What a parenthesis holds: a query, or one expression or more. */
export type Parenthesis = { readonly query: Query } | { readonly items: readonly [Expression, ...Expression[]] }

/** A parenthesis in an expression: a query, a tuple, or an expression (whose parentheses the tree does not keep). */
export function parseParenthesis(c: Cursor): Expression {
  const { start } = c
  const inside = parseInside(c)
  const at = c.span(start)
  if ('query' in inside) return { kind: 'ScalarSubquery', query: inside.query, at }
  const [first, ...more] = inside.items
  // The span takes the parentheses in, so that what begins with this operand begins with its parenthesis.
  return more.length > 0 ? { kind: 'Tuple', elements: inside.items, at } : { ...first, at }
}

export function parseInside(c: Cursor): Parenthesis {
  return c.nested(readInside)
}

function readInside(c: Cursor): Parenthesis {
  if (startsQuery(c, 1)) return { query: c.parenthesizedQuery() }
  c.expect('(')
  const first = c.is('(') ? readNested(c) : c.expression()
  if (first.kind === 'Query') {
    c.expect(')')
    return { query: first }
  }
  const items: [Expression, ...Expression[]] = [first]
  while (c.take(',')) items.push(c.expression())
  c.expect(')')
  return { items }
}

/** `((…` : a query in parentheses stays a query when a query goes on behind it, or nothing does. */
function readNested(c: Cursor): Expression | Query {
  const inner = parseParenthesis(c)
  const nested = inner.kind === 'ScalarSubquery' ? nestedQuery(c, inner.query, inner.at.start) : undefined
  return nested === undefined ? c.productions.expressionAfter(c, inner) : c.productions.queryAfter(c, nested)
}
