import type { Expression } from '../ast/expression.ts'
import type { Generated, IdentityColumn } from '../ast/table-definition.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

export function startsGenerated(c: Cursor): boolean {
  if (c.is('AS')) return c.isAt(1, '(') || c.isAt(1, 'IDENTITY')
  return c.are('GENERATED', 'AS') || c.are('GENERATED', 'ALWAYS') || c.are('GENERATED', 'BY')
}

/** `[GENERATED [ALWAYS | BY DEFAULT]] AS (expression) [STORED [VOLATILE]]`, or `… AS IDENTITY(…)` */
export function parseGenerated(c: Cursor): Generated {
  const { start } = c
  const mode = c.take('GENERATED') ? parseMode(c) : undefined
  c.expect('AS')
  const identity = c.is('IDENTITY') ? parseIdentity(c) : undefined
  const value = identity === undefined ? parseValue(c) : undefined
  const stored =
    identity === undefined && c.take('STORED') ? (c.take('VOLATILE') ? 'STORED VOLATILE' : 'STORED') : undefined
  return { kind: 'Generated', mode, value, identity, stored, at: c.span(start) }
}

/** GENERATED alone says the same as GENERATED ALWAYS. */
function parseMode(c: Cursor): NonNullable<Generated['mode']> {
  if (c.takeAll('BY', 'DEFAULT')) return 'BY DEFAULT'
  c.take('ALWAYS')
  return 'ALWAYS'
}

function parseValue(c: Cursor): Generated['value'] {
  c.expect('(')
  const value = c.expression()
  c.expect(')')
  return value
}

const numericTypes = ['NUMERIC', 'DECIMAL', 'BIGNUMERIC', 'BIGDECIMAL'] as const

/** A number with or without a minus, or with its type in front of a string. */
function parseNumber(c: Cursor): Expression {
  const digits = c.is('-') ? c.typeAt(1) : c.type
  if (digits === tokenType.integer || digits === tokenType.float || c.isAny(numericTypes)) return c.term()
  throw c.failure('a number')
}

function parseIdentity(c: Cursor): IdentityColumn {
  const { start } = c
  c.expectAll('IDENTITY', '(')
  const startWith = c.takeAll('START', 'WITH') ? parseNumber(c) : undefined
  const incrementBy = c.takeAll('INCREMENT', 'BY') ? parseNumber(c) : undefined
  const maxValue = c.take('MAXVALUE') ? parseNumber(c) : undefined
  const minValue = c.take('MINVALUE') ? parseNumber(c) : undefined
  const cycle = c.take('CYCLE') ? true : c.takeAll('NO', 'CYCLE') ? false : undefined
  c.expect(')')
  return { kind: 'IdentityColumn', startWith, incrementBy, maxValue, minValue, cycle, at: c.span(start) }
}
