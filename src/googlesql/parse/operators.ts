import type { Binary, BinaryOperator, BinaryStep, Expression } from '../ast/expression.ts'
import { type TokenText, tokenType } from '../lex/tokens.ts'
import { parseComparison } from './comparisons.ts'
import type { Cursor } from './cursor.ts'
import { parsePostfix, parsePrimary } from './primary.ts'

export function parseExpression(c: Cursor): Expression {
  return c.nested(parseOr)
}

function parseOr(c: Cursor): Expression {
  return orAfter(c, parsePrefix(c))
}

/** Goes on from an operand that a parenthesis had to be read for. */
export function parseExpressionAfter(c: Cursor, operand: Expression): Expression {
  return orAfter(c, comparisonAfter(c, parsePostfix(c, operand)))
}

/** An operand of AND and OR. */
export function parseOperand(c: Cursor): Expression {
  return c.nested(parsePrefix)
}

function orAfter(c: Cursor, first: Expression): Expression {
  const conjunction = andAfter(c, first)
  if (!c.is('OR')) return conjunction
  const operands = [conjunction]
  while (c.take('OR')) operands.push(andAfter(c, parsePrefix(c)))
  return { kind: 'Or', operands, at: c.span(first.at.start) }
}

function andAfter(c: Cursor, first: Expression): Expression {
  if (!c.is('AND')) return first
  const operands = [first]
  while (c.take('AND')) operands.push(parsePrefix(c))
  return { kind: 'And', operands, at: c.span(first.at.start) }
}

/** NOT, which binds less than a comparison, or a comparison. */
function parsePrefix(c: Cursor): Expression {
  const { start } = c
  if (!c.take('NOT')) return comparisonAfter(c, parseUnary(c))
  const operand = c.nested(parsePrefix)
  return { kind: 'Not', operand, at: c.span(start) }
}

function comparisonAfter(c: Cursor, first: Expression): Expression {
  const left = binaryAfter(c, first, 1)
  return parseComparison(c, left, parseTerm)
}

/** A side of a comparison: an expression with binary operators at most. */
export function parseTerm(c: Cursor): Expression {
  return binaryAfter(c, parseUnary(c), 1)
}

const levels: Partial<Record<TokenText, number>> = {
  '|': 1,
  '^': 2,
  '&': 3,
  '<<': 4,
  '+': 5,
  '-': 5,
  '||': 6,
  '*': 7,
  '/': 7,
}
const shiftLevel = 4

function binaryAfter(c: Cursor, first: Expression, lowest: number): Expression {
  let left = first
  for (let level = levelHere(c); level >= lowest; level = levelHere(c)) {
    const steps: BinaryStep[] = []
    while (levelHere(c) === level) steps.push(parseStep(c, level))
    const chain: Binary = { kind: 'Binary', first: left, steps, at: c.span(first.at.start) }
    left = chain
  }
  return left
}

/** 0 where no binary operator stands. `>>` comes as two tokens that touch. */
function levelHere(c: Cursor): number {
  if (c.type !== tokenType.symbol) return 0
  if (!c.is('>')) return levels[c.text] ?? 0
  return c.isAt(1, '>') && c.tokens.starts[c.position + 1] === c.end ? shiftLevel : 0
}

function parseStep(c: Cursor, level: number): BinaryStep {
  const { start } = c
  const operator = takeOperator(c)
  const operand = binaryAfter(c, parseUnary(c), level + 1)
  return { kind: 'BinaryStep', operator, operand, at: c.span(start) }
}

function takeOperator(c: Cursor): BinaryOperator {
  if (c.takeAll('>', '>')) return '>>'
  return c.expectAny(['|', '^', '&', '<<', '+', '-', '||', '*', '/'])
}

const signs = ['-', '+', '~'] as const

function parseUnary(c: Cursor): Expression {
  const { start } = c
  const operator = c.type === tokenType.symbol ? c.takeAny(signs) : undefined
  if (operator === undefined) return parsePostfix(c, parsePrimary(c))
  return { kind: 'Unary', operator, operand: c.nested(parseUnary), at: c.span(start) }
}
