import type { Expression } from '../ast/expression.ts'
import type { Identifier } from '../ast/name.ts'
import type { Join, JoinChain, JoinType, TableExpression } from '../ast/table.ts'
import { type Cursor, maxNesting } from './cursor.ts'
import { parseHint, withHint } from './hints.ts'
import { parseIdentifiers } from './names.ts'
import { parseTable as parseTableWith } from './table.ts'

export function parseFrom(c: Cursor): TableExpression {
  c.expect('FROM')
  return parseJoins(c, parseTable(c), ',')
}

/** One operand of a join. */
export function parseTable(c: Cursor): TableExpression {
  return parseTableWith(c, (inner, first) => parseJoins(inner, first, undefined))
}

/** Joins after `first`; where a comma may join too, it is given. */
function parseJoins(c: Cursor, first: TableExpression, comma: ',' | undefined): TableExpression {
  const joins: Join[] = []
  let regrouped = 0
  let commas = 0
  while (startsJoin(c) || (comma !== undefined && c.is(comma))) {
    if (c.is(',')) commas++
    if (c.is(',') && regrouped > 0) throw c.failure('the end of the joins', regroupHint)
    if (commas > 0 && c.isAny(['RIGHT', 'FULL'])) throw c.failure('no such join behind a comma', commaHint)
    joins.push(parseJoin(c))
    for (; startsCondition(c); regrouped++) {
      if (regrouped > maxNesting) throw c.failure(`at most ${maxNesting} conditions behind their joins`)
      regroup(c, joins)
    }
  }
  if (joins.length === 0) return first
  if (regrouped > 0 && joins.some(isOpen)) throw c.failure('ON or USING', regroupHint)
  return { kind: 'JoinChain', first, joins, at: c.span(first.at.start) }
}

const regroupHint = 'Put one ON or USING directly behind each join.'
const commaHint = 'Put this join into parentheses, or write CROSS JOIN for the comma.'

/** `a JOIN b JOIN c ON x ON y` means `a JOIN (b JOIN c ON x) ON y`: the second condition closes an earlier join. */
function regroup(c: Cursor, joins: Join[]): void {
  const open = joins.findLastIndex(isOpen)
  const join = joins[open]
  const inner = joins.splice(open + 1)
  if (join === undefined || inner.some(({ type }) => type === 'COMMA')) {
    throw c.failure('the end of the join', 'There are more ON and USING clauses than joins.')
  }
  const chain: JoinChain = { kind: 'JoinChain', first: join.right, joins: inner, at: c.span(join.right.at.start) }
  const right: TableExpression = { kind: 'ParenthesizedJoin', join: chain, postfix: [], at: chain.at }
  joins[open] = { ...join, right, ...parseCondition(c), at: c.span(join.at.start) }
}

/** A join that needs a condition and has none yet. */
function isOpen({ type, natural, on, using }: Join): boolean {
  return type !== 'COMMA' && type !== 'CROSS' && !natural && on === undefined && using.length === 0
}

function startsCondition(c: Cursor): boolean {
  return c.is('ON') || c.is('USING')
}

const joinStarts = ['JOIN', 'CROSS', 'RIGHT', 'NATURAL', 'HASH', 'LOOKUP'] as const

const joinWords = ['JOIN', 'HASH', 'LOOKUP'] as const

function startsJoin(c: Cursor): boolean {
  if (c.isAny(joinStarts)) return true
  // LEFT UNION and its like are set operations.
  return c.isAny(['INNER', 'LEFT', 'FULL']) && joinWords.some(word => c.isAt(c.isAt(1, 'OUTER') ? 2 : 1, word))
}

/** A join with its operator, table and condition; also what follows the bar of a pipe. */
export function parseJoin(c: Cursor): Join {
  const { start } = c
  const natural = c.take('NATURAL')
  const type = takeJoinType(c)
  const method = type === 'COMMA' ? undefined : parseJoinWord(c)
  const hint = type === 'COMMA' ? undefined : parseHint(c)
  const right = parseTable(c)
  const { on, using } = type === 'COMMA' || !startsCondition(c) ? noCondition : parseCondition(c)
  const join: Join = { kind: 'Join', type, natural, right, on, using, at: c.span(start) }
  return withHint(method === undefined ? join : { ...join, method }, hint)
}

/** `[HASH | LOOKUP] JOIN` */
function parseJoinWord(c: Cursor): Join['method'] {
  const { start } = c
  const method = c.takeAny(['HASH', 'LOOKUP'])
  if (method !== undefined) c.lacks('joinMethod', start)
  c.expect('JOIN')
  return method
}

function takeJoinType(c: Cursor): JoinType {
  if (c.take(',')) return 'COMMA'
  const type = c.takeAny(['CROSS', 'INNER', 'LEFT', 'RIGHT', 'FULL'])
  if (type === 'LEFT' || type === 'RIGHT' || type === 'FULL') c.take('OUTER')
  return type ?? 'INNER'
}

type Condition = { readonly on: Expression | undefined; readonly using: readonly Identifier[] }
const noCondition: Condition = { on: undefined, using: [] }

function parseCondition(c: Cursor): Condition {
  if (c.take('ON')) return { on: c.expression(), using: [] }
  c.expect('USING')
  return { on: undefined, using: parseIdentifiers(c) }
}
