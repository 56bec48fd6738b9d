import type { Break, Continue, Declare, Raise, Return, SetTarget, SetVariable } from '../ast/script.ts'
import type { Cursor } from './cursor.ts'

/** `DECLARE a, b [type] [DEFAULT value]`; one of the two must be there. */
export function parseDeclare(c: Cursor): Declare {
  const { start } = c
  c.expect('DECLARE')
  const names = c.list(item => item.identifier('the name of a variable'))
  const type = c.is('DEFAULT') ? undefined : c.dataType()
  const value = c.take('DEFAULT') ? c.expression() : undefined
  return { kind: 'Declare', names, type, default: value, at: c.span(start) }
}

/** `SET a = value`, `SET (a, b) = value`, `SET @@name = value` */
export function parseSet(c: Cursor): SetVariable {
  const { start } = c
  c.expect('SET')
  const tuple = c.is('(')
  const targets = tuple ? c.parenthesized(item => item.identifier('a variable')) : [parseSetTarget(c)]
  c.expect('=')
  return { kind: 'SetVariable', targets, tuple, value: c.expression(), at: c.span(start) }
}

function parseSetTarget(c: Cursor): SetTarget {
  if (!c.is('@@')) return c.identifier('a variable')
  const { start } = c
  const target = c.term()
  if (target.kind === 'SystemVariable') return target
  throw c.failureAt(start, 'a variable', 'an expression')
}

export function parseBreak(c: Cursor): Break {
  const { start } = c
  c.expectAny(['BREAK', 'LEAVE'])
  return { kind: 'Break', label: parseTargetLabel(c), at: c.span(start) }
}

export function parseContinue(c: Cursor): Continue {
  const { start } = c
  c.expectAny(['CONTINUE', 'ITERATE'])
  return { kind: 'Continue', label: parseTargetLabel(c), at: c.span(start) }
}

function parseTargetLabel(c: Cursor): Break['label'] {
  return c.isIdentifier() ? c.identifier() : undefined
}

export function parseReturn(c: Cursor): Return {
  const { start } = c
  c.expect('RETURN')
  return { kind: 'Return', at: c.span(start) }
}

/** `RAISE [USING MESSAGE = text]` */
export function parseRaise(c: Cursor): Raise {
  const { start } = c
  c.expect('RAISE')
  const hasMessage = c.take('USING')
  if (hasMessage) c.expectAll('MESSAGE', '=')
  return { kind: 'Raise', message: hasMessage ? c.expression() : undefined, at: c.span(start) }
}
