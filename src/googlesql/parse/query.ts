import type { PipeOperator } from '../ast/pipe.ts'
import type { NestedQuery, Query, QueryBody, SetStep, WithClause } from '../ast/query.ts'
import type { Cursor } from './cursor.ts'
import { parseFrom } from './from.ts'
import { withOrderHint } from './hints.ts'
import { startsSetOperator } from './lookahead.ts'
import { parseAsAlias } from './names.ts'
import { parseLimit, parseOrderBy, unordered } from './ordering.ts'
import { parsePipeOperator } from './pipe.ts'
import { parseSelect } from './select.ts'
import { parseSetOperator } from './set-operator.ts'
import { parseWith } from './with.ts'

export function parseQuery(c: Cursor): Query {
  return c.nested(readQuery)
}

function readQuery(c: Cursor): Query {
  const { start } = c
  const withClause = c.is('WITH') ? parseWith(c) : undefined
  return finishQuery(c, withClause, parseBody(c), start)
}

/** Goes on from a query in parentheses that stands at the beginning of a larger query. */
export function parseQueryAfter(c: Cursor, body: QueryBody): Query {
  return finishQuery(c, undefined, body, body.at.start)
}

function finishQuery(c: Cursor, withClause: WithClause | undefined, first: QueryBody, start: number): Query {
  const body = startsSetOperator(c) ? parseSetOperation(c, first) : first
  const isFrom = body.kind === 'FromQuery'
  const { orderBy, orderHint } = isFrom ? unordered : parseOrderBy(c)
  const limit = isFrom ? undefined : parseLimit(c)
  const lock = parseLock(c)
  const pipes = parsePipes(c)
  const query: Query = { kind: 'Query', with: withClause, body, orderBy, limit, pipes, at: c.span(start) }
  return withOrderHint(lock === undefined ? query : { ...query, lock }, orderHint)
}

function parseLock(c: Cursor): Query['lock'] {
  const { start } = c
  if (!c.takeAll('FOR', 'UPDATE')) return undefined
  c.lacks('lock', start)
  return 'FOR UPDATE'
}

function parsePipes(c: Cursor): readonly PipeOperator[] {
  const pipes: PipeOperator[] = []
  while (c.take('|>')) pipes.push(parsePipeOperator(c))
  return pipes
}

function parseBody(c: Cursor): QueryBody {
  if (c.is('SELECT')) return parseSelect(c)
  if (c.is('(')) return parseNestedQuery(c)
  const { start } = c
  if (c.is('FROM')) return { kind: 'FromQuery', from: parseFrom(c), at: c.span(start) }
  throw c.failure('SELECT, FROM, WITH or "("')
}

function parseNestedQuery(c: Cursor): NestedQuery {
  const { start } = c
  const query = c.parenthesizedQuery()
  return { kind: 'NestedQuery', query, alias: parseAsAlias(c), at: c.span(start) }
}

/** All operators of a chain are the same; another one needs parentheses. */
function parseSetOperation(c: Cursor, first: QueryBody): QueryBody {
  if (first.kind === 'FromQuery') throw c.failure('|>', 'A FROM query joins a set operation in parentheses only.')
  const steps: SetStep[] = []
  while (startsSetOperator(c)) {
    const { start } = c
    const operator = parseSetOperator(c)
    const [before] = steps
    if (before !== undefined && before.operator.type !== operator.type) {
      const hint = 'Different set operations are grouped by parentheses.'
      throw c.failureAt(start, before.operator.type, operator.type, hint)
    }
    if (c.is('FROM')) throw c.failure('SELECT or "("', 'A FROM query joins a set operation in parentheses only.')
    steps.push({ kind: 'SetStep', operator, input: parseBody(c), at: c.span(start) })
  }
  return { kind: 'SetOperation', first, steps, at: c.span(first.at.start) }
}
