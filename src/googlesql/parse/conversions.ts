import type { DatePart } from '../ast/call.ts'
import type { Cast, Expression, ExtractPart, Interval } from '../ast/expression.ts'
import type { RangeLiteral } from '../ast/literal.ts'
import type { Cursor } from './cursor.ts'
import { parseString } from './literals.ts'
import { parseRangeType } from './types.ts'

/** `CAST(value AS type [FORMAT format [AT TIME ZONE zone]])` */
export function parseCast(c: Cursor): Cast {
  const { start } = c
  const safe = c.expectAny(['CAST', 'SAFE_CAST']) === 'SAFE_CAST'
  c.expect('(')
  const value = c.expression()
  c.expect('AS', 'CAST needs a type: CAST(value AS type).')
  const type = c.dataType()
  const format = c.take('FORMAT') ? c.expression() : undefined
  const timeZone = format === undefined ? undefined : parseTimeZone(c)
  c.expect(')')
  return { kind: 'Cast', safe, value, type, format, timeZone, at: c.span(start) }
}

function parseTimeZone(c: Cursor): Expression | undefined {
  return c.takeAll('AT', 'TIME', 'ZONE') ? c.expression() : undefined
}

/** `EXTRACT(part FROM value [AT TIME ZONE zone])` */
export function parseExtract(c: Cursor): ExtractPart {
  const { start } = c
  c.expectAll('EXTRACT', '(')
  const part = parseDatePart(c)
  c.expect('FROM', 'EXTRACT is written EXTRACT(part FROM value).')
  const from = c.expression()
  const timeZone = parseTimeZone(c)
  c.expect(')')
  return { kind: 'ExtractPart', part, from, timeZone, at: c.span(start) }
}

function parseDatePart(c: Cursor): DatePart {
  const { start } = c
  const name = c.identifier('a date part')
  const weekday = c.take('(') ? c.identifier('a day of the week') : undefined
  if (weekday !== undefined) c.expect(')')
  return { kind: 'DatePart', name, weekday, at: c.span(start) }
}

/** `INTERVAL value part [TO part]` */
export function parseInterval(c: Cursor): Interval {
  const { start } = c
  c.expect('INTERVAL')
  const value = c.expression()
  const from = c.identifier('a date part such as DAY')
  const to = c.take('TO') ? c.identifier('a date part such as SECOND') : undefined
  return { kind: 'Interval', value, from, to, at: c.span(start) }
}

export function parseRangeLiteral(c: Cursor): RangeLiteral {
  const { start } = c
  const type = parseRangeType(c)
  const { value } = parseString(c)
  return { kind: 'RangeLiteral', type, value, at: c.span(start) }
}
