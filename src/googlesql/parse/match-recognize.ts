import type { MatchRecognize, Measure, Pattern, PatternDefinition, PatternRepeat } from '../ast/table.ts'
import type { Cursor } from './cursor.ts'
import { startsBy, withOrderHint } from './hints.ts'
import { parseIntegerOrParameter } from './literal-or-parameter.ts'
import { parseAlias, parseOptions } from './names.ts'
import { parseOrderBy } from './ordering.ts'
import { parsePartitionBy } from './windows.ts'

export function parseMatchRecognize(c: Cursor): MatchRecognize {
  const { start } = c
  c.expectAll('MATCH_RECOGNIZE', '(')
  const partitionBy = parsePartitionBy(c)
  if (!startsBy(c, 'ORDER')) throw c.failure('ORDER BY')
  const { orderBy, orderHint } = parseOrderBy(c)
  c.expect('MEASURES')
  const measures = c.list(parseMeasure)
  const skip = parseSkip(c)
  c.expectAll('PATTERN', '(')
  const pattern = parseChoice(c)
  c.expectAll(')', 'DEFINE')
  const definitions = c.list(parseDefinition)
  const options = parseOptions(c)
  c.expect(')')
  const match: MatchRecognize = {
    kind: 'MatchRecognize',
    partitionBy,
    orderBy,
    measures,
    skip,
    pattern,
    definitions,
    options,
    alias: parseAlias(c),
    at: c.span(start),
  }
  return withOrderHint(match, orderHint)
}

function parseMeasure(c: Cursor): Measure {
  const { start } = c
  const value = c.expression()
  c.expect('AS', 'Each measure needs a name.')
  return { kind: 'Measure', value, alias: c.identifier(), at: c.span(start) }
}

function parseDefinition(c: Cursor): PatternDefinition {
  const { start } = c
  const name = c.identifier('a pattern variable')
  c.expect('AS')
  return { kind: 'PatternDefinition', name, condition: c.expression(), at: c.span(start) }
}

function parseSkip(c: Cursor): MatchRecognize['skip'] {
  if (!c.takeAll('AFTER', 'MATCH', 'SKIP')) return undefined
  if (c.takeAll('PAST', 'LAST', 'ROW')) return 'PAST LAST ROW'
  c.expect('TO')
  c.expect('NEXT')
  c.expect('ROW')
  return 'TO NEXT ROW'
}

/** Alternatives; `||` has an empty one between its bars. */
function parseChoice(c: Cursor): Pattern {
  const { start } = c
  const items = [parseSequence(c)]
  while (c.is('|') || c.is('||')) {
    if (c.take('||')) items.push({ kind: 'PatternSequence', items: [], at: c.span(c.start) })
    else c.expect('|')
    items.push(parseSequence(c))
  }
  const [only] = items
  return items.length === 1 && only !== undefined ? only : { kind: 'PatternChoice', items, at: c.span(start) }
}

function parseSequence(c: Cursor): Pattern {
  const { start } = c
  const items: Pattern[] = []
  while (c.isIdentifier() || c.isAny(['(', '^', '$'])) items.push(parseRepeat(c))
  const [only] = items
  return items.length === 1 && only !== undefined ? only : { kind: 'PatternSequence', items, at: c.span(start) }
}

function parseRepeat(c: Cursor): Pattern {
  const { start } = c
  const anchor = c.takeAny(['^', '$'])
  if (anchor !== undefined) return { kind: 'PatternAnchor', anchor, at: c.span(start) }
  const item = parseFactor(c)
  const symbol = c.takeAny(['*', '+', '?'])
  if (symbol !== undefined) {
    const reluctant = c.take('?')
    return { kind: 'PatternRepeat', item, min: undefined, max: undefined, symbol, reluctant, at: c.span(start) }
  }
  return c.is('{') ? parseBounds(c, item, start) : item
}

function parseFactor(c: Cursor): Pattern {
  const { start } = c
  if (c.take('(')) {
    const inner = c.nested(parseChoice)
    c.expect(')')
    return inner
  }
  return { kind: 'PatternName', name: c.identifier(), at: c.span(start) }
}

/** `{n}`, `{n,m}`, `{,m}`, `{n,}`; `{n}` is kept as `{n,n}`. */
function parseBounds(c: Cursor, item: Pattern, start: number): PatternRepeat {
  c.expect('{')
  const min = c.is(',') ? undefined : parseIntegerOrParameter(c)
  const isRange = c.take(',')
  const max = isRange ? (c.is('}') ? undefined : parseIntegerOrParameter(c)) : min
  c.expect('}')
  const reluctant = isRange && c.take('?')
  return { kind: 'PatternRepeat', item, min, max, symbol: '{}', reluctant, at: c.span(start) }
}
