import type { Expression } from '../ast/expression.ts'
import type { Choices, ChoiceUnnest, ComparisonOperator, In, Is, IsDistinctFrom, Quantified } from '../ast/predicate.ts'
import { type TokenText, tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, withHint } from './hints.ts'
import { parseInside } from './parentheses.ts'
import { parseUnnestMode } from './unnest-mode.ts'

type Side = (c: Cursor) => Expression

const operators: Partial<Record<TokenText, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** A comparison whose left side has been read, or that left side alone. Comparisons do not chain. */
export function parseComparison(c: Cursor, left: Expression, side: Side): Expression {
  const comparison = compare(c, left, side)
  if (comparison !== left && startsComparison(c)) {
    throw c.failure('the end of the comparison', 'Comparisons do not chain: put one of them in parentheses.')
  }
  return comparison
}

function startsComparison(c: Cursor): boolean {
  if (c.type === tokenType.symbol) return operators[c.text] !== undefined
  if (c.type !== tokenType.reserved) return false
  if (c.is('NOT')) return c.isAt(1, 'IN') || c.isAt(1, 'LIKE') || c.isAt(1, 'BETWEEN')
  return c.isAny(['IS', 'IN', 'LIKE', 'BETWEEN'])
}

function compare(c: Cursor, left: Expression, side: Side): Expression {
  if (!startsComparison(c)) return left
  const { start } = left.at
  const operator = operators[c.text]
  if (operator !== undefined) {
    c.advance()
    if (startsQuantified(c)) return parseQuantified(c, left, operator)
    const right = side(c)
    return { kind: 'Comparison', operator, left, right, at: c.span(start) }
  }
  if (c.take('IS')) return parseIs(c, left, side)
  const negated = c.take('NOT')
  if (c.take('IN')) return parseIn(c, left, negated)
  if (c.take('BETWEEN')) return parseBetween(c, left, negated, side)
  c.expect('LIKE')
  if (startsQuantified(c)) return parseQuantified(c, left, negated ? 'NOT LIKE' : 'LIKE')
  const pattern = side(c)
  return { kind: 'Like', negated, operand: left, pattern, at: c.span(start) }
}

function parseIs(c: Cursor, operand: Expression, side: Side): Is | IsDistinctFrom {
  const { start } = operand.at
  const negated = c.take('NOT')
  if (c.takeAll('DISTINCT', 'FROM')) {
    // The only comparison whose right side may be a NOT, which then takes all that follows it.
    const right = c.is('NOT') ? c.operand() : side(c)
    return { kind: 'IsDistinctFrom', negated, left: operand, right, at: c.span(start) }
  }
  const test = c.expectAny(['NULL', 'TRUE', 'FALSE', 'UNKNOWN'])
  return { kind: 'Is', negated, operand, test, at: c.span(start) }
}

function parseBetween(c: Cursor, operand: Expression, negated: boolean, side: Side): Expression {
  const low = side(c)
  c.expect('AND')
  const high = side(c)
  return { kind: 'Between', negated, operand, low, high, at: c.span(operand.at.start) }
}

function parseIn(c: Cursor, operand: Expression, negated: boolean): In {
  const hint = parseHint(c)
  const choices = parseChoices(c)
  return withHint({ kind: 'In', negated, operand, choices, at: c.span(operand.at.start) }, hint)
}

function startsQuantified(c: Cursor): boolean {
  return c.isAny(['ANY', 'SOME', 'ALL'])
}

function parseQuantified(c: Cursor, operand: Expression, operator: Quantified['operator']): Quantified {
  const quantifier = c.expectAny(['ANY', 'SOME', 'ALL'])
  const hint = parseHint(c)
  const choices = parseChoices(c)
  const { start } = operand.at
  return withHint({ kind: 'Quantified', operator, quantifier, operand, choices, at: c.span(start) }, hint)
}

/** `array, array, mode => 'STRICT'`, of which BigQuery has the first alone. */
function parseUnnested(c: Cursor, start: number): Omit<ChoiceUnnest, 'at'> {
  const array = c.expression()
  const more: Expression[] = []
  while (c.take(',')) {
    if (c.isAt(1, '=>')) {
      c.lacks('unnestMode', start)
      const mode = parseUnnestMode(c)
      return { kind: 'ChoiceUnnest', array, ...(more.length > 0 && { more }), mode }
    }
    c.lacks('unnestArrays', start)
    more.push(c.expression())
  }
  return { kind: 'ChoiceUnnest', array, ...(more.length > 0 && { more }) }
}

/** `UNNEST(array)`, `(query)` or `(item, …)`. */
function parseChoices(c: Cursor): Choices {
  const { start } = c
  if (c.takeAll('UNNEST', '(')) {
    const choices = parseUnnested(c, start)
    c.expect(')')
    return { ...choices, at: c.span(start) }
  }
  if (!c.is('(')) throw c.failure('"(" or UNNEST', 'Write IN (a, b), IN (SELECT …) or IN UNNEST(array).')
  const inside = parseInside(c)
  const at = c.span(start)
  return 'query' in inside
    ? { kind: 'ChoiceQuery', query: inside.query, at }
    : { kind: 'ChoiceList', items: inside.items, at }
}
