import type { Expression, ScalarSubquery } from '../ast/expression.ts'
import type { Query } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { continuesQuery, startsQuery } from './lookahead.ts'

/** A parenthesis in an expression: a query, a tuple, or an expression (whose parentheses the tree does not keep). */
export function parseParenthesis(c: Cursor): Expression {
  return c.nested(readParenthesis)
}

function readParenthesis(c: Cursor): Expression {
  const { start } = c
  if (startsQuery(c, 1)) return closeSubquery(c, c.parenthesizedQuery(), start)
  c.expect('(')
  const first = c.is('(') ? readNested(c) : c.expression()
  if (first.kind === 'Query') {
    c.expect(')')
    return closeSubquery(c, first, start)
  }
  if (!c.is(',')) {
    c.expect(')')
    return first
  }
  const elements = [first]
  while (c.take(',')) elements.push(c.expression())
  c.expect(')')
  return { kind: 'Tuple', elements, at: c.span(start) }
}

function closeSubquery(c: Cursor, query: Query, start: number): ScalarSubquery {
  return { kind: 'ScalarSubquery', query, at: c.span(start) }
}

/** `((…` : a query in parentheses stays a query when a query goes on behind it, or nothing does. */
function readNested(c: Cursor): Expression | Query {
  const inner = parseParenthesis(c)
  if (inner.kind === 'ScalarSubquery' && (c.is(')') || continuesQuery(c))) {
    return c.productions.queryAfter(c, { kind: 'NestedQuery', query: inner.query, alias: undefined, at: inner.at })
  }
  return c.productions.expressionAfter(c, inner)
}
