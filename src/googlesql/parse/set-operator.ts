import type { SetOperator } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, withHint } from './hints.ts'
import { parseIdentifiers } from './names.ts'

/** `[FULL|LEFT|INNER] UNION|INTERSECT|EXCEPT ALL|DISTINCT [STRICT] [CORRESPONDING [BY (…)] | BY NAME [ON (…)]]` */
export function parseSetOperator(c: Cursor): SetOperator {
  const { start } = c
  const outer = parseOuter(c)
  const type = c.expectAny(['UNION', 'INTERSECT', 'EXCEPT'])
  const given = parseHint(c)
  const hint = `Write ${type} ALL or ${type} DISTINCT.`
  const rows = c.takeAny(['ALL', 'DISTINCT'])
  if (rows === undefined) throw c.failure('ALL or DISTINCT', hint)
  const { start: strictStart } = c
  const strict = c.take('STRICT')
  const match = parseMatch(c)
  if (strict && (outer !== undefined || match === 'BY NAME')) {
    throw c.failureAt(strictStart, 'CORRESPONDING', 'STRICT', 'STRICT goes with no outer mode and not with BY NAME.')
  }
  const hasColumns = (match === 'CORRESPONDING' && c.take('BY')) || (match === 'BY NAME' && c.take('ON'))
  const columns = hasColumns ? parseIdentifiers(c) : []
  return withHint({ kind: 'SetOperator', type, rows, match, columns, outer, strict, at: c.span(start) }, given)
}

function parseOuter(c: Cursor): SetOperator['outer'] {
  if (c.take('OUTER')) return 'FULL'
  const outer = c.takeAny(['FULL', 'LEFT', 'INNER'])
  if (outer === 'FULL' || outer === 'LEFT') c.take('OUTER')
  return outer
}

function parseMatch(c: Cursor): SetOperator['match'] {
  if (c.take('CORRESPONDING')) return 'CORRESPONDING'
  return c.takeAll('BY', 'NAME') ? 'BY NAME' : undefined
}
