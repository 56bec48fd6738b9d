import type { Delete, Insert, Merge, MergeClause, Truncate, Update, UpdateItem } from '../../googlesql/ast/dml.ts'
import { Failure } from '../../model/failure.ts'
import { type Environment, resolveExpression, resolveQuery, type Scope, scopeOf } from '../resolve/context.ts'
import { resolveFrom } from '../resolve/from.ts'
import { emptyFrom, type FromScope, realize } from '../resolve/relation.ts'
import { sideBySide, starOf } from '../resolve/rows.ts'
import { realizeFilter } from '../resolve/select.ts'
import { type OpenTarget, openTarget, writeColumns, writePlace } from './target.ts'

export function resolveInsert(insert: Insert, env: Environment): void {
  if (insert.conflict !== undefined) throw notInBigQuery(`INSERT OR ${insert.conflict}`)
  refuseReturning(insert)
  const target = openTarget(insert.target, undefined, ['write'], env)
  writeColumns(insert.columns, target)
  const { source } = insert
  if (source.kind === 'Query') {
    for (const column of resolveQuery(source, env).columns) realize(column.reads, 'select')
    return
  }
  const scope = scopeOf(env, emptyFrom)
  for (const row of source.rows)
    for (const value of row.values) realize(resolveExpression(value, scope).reads, 'select')
}

export function resolveUpdate(update: Update, env: Environment): void {
  refuseReturning(update)
  const target = openTarget(update.target, update.alias, ['read', 'write'], env)
  const from = update.from === undefined ? emptyFrom : resolveFrom(update.from, env)
  const scope = scopeOf(env, sideBySide(target.rows, from))
  assign(update.items, target, scope)
  realizeFilter(update.where, scope)
}

export function resolveDelete(statement: Delete, env: Environment): void {
  refuseReturning(statement)
  const target = openTarget(statement.target, statement.alias, ['read', 'write'], env)
  realizeFilter(statement.where, scopeOf(env, target.rows))
}

export function resolveTruncate({ target, where }: Truncate, env: Environment): void {
  if (where !== undefined) throw notInBigQuery('TRUNCATE TABLE … WHERE')
  openTarget(target, undefined, ['truncate'], env)
}

export function resolveMerge(merge: Merge, env: Environment): void {
  const target = openTarget(merge.target, merge.alias, ['read', 'write'], env)
  const source = resolveFrom(merge.source, env)
  const both = scopeOf(env, sideBySide(target.rows, source))
  realize(resolveExpression(merge.on, both).reads, 'join')
  for (const clause of merge.clauses) resolveClause(clause, target, source, env)
}

/** A clause sees the rows that it is about: those of one side where the other has none. */
function resolveClause(clause: MergeClause, target: OpenTarget, source: FromScope, env: Environment): void {
  const seen = {
    MATCHED: sideBySide(target.rows, source),
    'NOT MATCHED BY TARGET': source,
    'NOT MATCHED BY SOURCE': target.rows,
  }[clause.when]
  const scope = scopeOf(env, seen)
  realizeFilter(clause.condition, scope)
  const { action } = clause
  switch (action.kind) {
    case 'MergeDelete':
      return
    case 'MergeUpdate':
      assign(action.items, target, scope)
      return
    case 'MergeInsert': {
      writeColumns(action.columns, target)
      // INSERT ROW takes every column of the source.
      if (action.values === undefined) for (const column of starOf(source)) realize(column.reads, 'select')
      for (const value of action.values?.values ?? []) realize(resolveExpression(value, scope).reads, 'select')
    }
  }
}

function assign(items: readonly UpdateItem[], target: OpenTarget, scope: Scope): void {
  for (const item of items) {
    if (item.kind === 'NestedDml') {
      throw new Failure('cannot_govern', {
        detail: 'DML inside of UPDATE is not served.',
        next: 'Assign a whole array instead, for example from ARRAY(SELECT …).',
      })
    }
    writePlace(item.target, target, scope.env)
    realize(resolveExpression(item.value, scope).reads, 'select')
  }
}

function refuseReturning({ returning, assertRows }: Insert | Update | Delete): void {
  if (returning !== undefined) throw notInBigQuery('THEN RETURN')
  if (assertRows !== undefined) throw notInBigQuery('ASSERT_ROWS_MODIFIED')
}

function notInBigQuery(what: string): Failure {
  return new Failure('query_invalid', { detail: `${what} is not a part of BigQuery.` })
}
