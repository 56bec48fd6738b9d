import type { Frame, FrameBound, Window } from '../ast/call.ts'
import type { Expression } from '../ast/expression.ts'
import type { NamedWindow } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { startsBy, takeBy, withOrderHint } from './hints.ts'
import { parseOrderBy } from './ordering.ts'

/** What follows OVER: a window's name, or its definition in parentheses. */
export function parseWindow(c: Cursor): Window {
  const { start } = c
  if (!c.take('(')) {
    const base = c.identifier('a window name or "("')
    return { kind: 'Window', base, partitionBy: [], orderBy: [], frame: undefined, at: c.span(start) }
  }
  const base = c.isIdentifier() ? c.identifier() : undefined
  const isPartitioned = startsBy(c, 'PARTITION')
  const partitionHint = isPartitioned ? takeBy(c) : undefined
  const partitionBy = isPartitioned ? c.list(item => item.expression()) : []
  const { orderBy, orderHint } = parseOrderBy(c)
  const frame = parseFrame(c)
  c.expect(')')
  const window: Window = { kind: 'Window', base, partitionBy, orderBy, frame, at: c.span(start) }
  return withOrderHint(partitionHint === undefined ? window : { ...window, partitionHint }, orderHint)
}

export function parsePartitionBy(c: Cursor): readonly Expression[] {
  return c.takeAll('PARTITION', 'BY') ? c.list(item => item.expression()) : []
}

/** `WINDOW a AS (…), b AS a` */
export function parseWindows(c: Cursor): readonly NamedWindow[] {
  return c.take('WINDOW') ? c.list(parseNamedWindow) : []
}

export function parseNamedWindow(c: Cursor): NamedWindow {
  const { start } = c
  const name = c.identifier('a window name')
  c.expect('AS')
  return { kind: 'NamedWindow', name, window: parseWindow(c), at: c.span(start) }
}

function parseFrame(c: Cursor): Frame | undefined {
  const { start } = c
  const unit = c.takeAny(['ROWS', 'RANGE'])
  if (unit === undefined) return undefined
  const between = c.take('BETWEEN')
  const first = parseBound(c)
  if (between) c.expect('AND')
  const last = between ? parseBound(c) : undefined
  return { kind: 'Frame', unit, start: first, end: last, at: c.span(start) }
}

function parseBound(c: Cursor): FrameBound {
  const { start } = c
  if (c.takeAll('CURRENT', 'ROW')) {
    return { kind: 'FrameBound', side: 'CURRENT ROW', distance: undefined, at: c.span(start) }
  }
  const distance = c.take('UNBOUNDED') ? undefined : c.operand()
  const side = c.expectAny(['PRECEDING', 'FOLLOWING'])
  return { kind: 'FrameBound', side, distance, at: c.span(start) }
}
