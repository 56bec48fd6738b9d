import type { Query, QueryBody } from '../../googlesql/ast/query.ts'
import { type Environment, resolveExpression, resolveQuery, type Scope, scopeOf } from './context.ts'
import { resolveFrom } from './from.ts'
import { resolveOrder } from './grouping.ts'
import { resolvePipe } from './pipe.ts'
import { emptyFrom, type FromScope, type Relation } from './relation.ts'
import { queryNamed, relationOf } from './rows.ts'
import { resolveSelect } from './select.ts'
import { combineInputs } from './set-operation.ts'
import { declareCommonTables } from './with-entries.ts'

/** What a query yields. Everything that it reads on the way is noted in the context. */
export function readQuery(query: Query, env: Environment): Relation {
  const inner = query.with === undefined ? env : declareCommonTables(query.with, env)
  const { rows, relation } = resolveBody(query.body, inner)
  const scope: Scope = { ...scopeOf(inner, rows), aliases: { columns: relation.columns, precedence: 'first' } }
  resolveOrder(query.orderBy, scope, relation.columns)
  for (const count of [query.limit?.count, query.limit?.offset])
    if (count !== undefined) resolveExpression(count, scope)
  const [first, ...rest] = query.pipes
  if (first === undefined) return relation
  inner.context.features.add('pipe')
  const input = queryNamed(aliasOf(query.body), relation)
  return openRelation([first, ...rest].reduce(resolvePipe, { from: input, env: inner }).from)
}

/** The rows of a query, by the names that it leaves visible. */
function openRelation(from: FromScope): Relation {
  return { ...relationOf(from), from }
}

type ResolvedBody = {
  /** What ORDER BY sees beside the columns; for FROM alone, all there is. */
  readonly rows: FromScope
  readonly relation: Relation
}

function resolveBody(body: QueryBody, env: Environment): ResolvedBody {
  switch (body.kind) {
    case 'Select': {
      const { relation, from } = resolveSelect(body, env)
      return { rows: from, relation }
    }
    case 'FromQuery': {
      const rows = resolveFrom(body.from, env)
      return { rows, relation: openRelation(rows) }
    }
    case 'NestedQuery':
      return onlyRelation(resolveQuery(body.query, env))
    case 'SetOperation': {
      const first = resolveBody(body.first, env).relation
      const steps = body.steps.map(({ operator, input }) => ({ operator, input: resolveBody(input, env).relation }))
      return onlyRelation(combineInputs(first, steps))
    }
  }
}

function onlyRelation(relation: Relation): ResolvedBody {
  return { rows: emptyFrom, relation }
}

/** Only the query that a pipe starts from may have a name. */
function aliasOf(body: QueryBody): string | undefined {
  return body.kind === 'NestedQuery' ? body.alias?.text : undefined
}
