import { eachOnce } from '../../base/each-once.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { PipeAggregate, PipeOperator, PipeRecursiveUnion, PipeRename } from '../../googlesql/ast/pipe.ts'
import type { SelectItem } from '../../googlesql/ast/query.ts'
import { print } from '../../googlesql/print/print.ts'
import { Failure } from '../../model/failure.ts'
import { type Environment, resolveExpression, resolveQuery, type Scope, scopeOf } from './context.ts'
import { impliedName } from './expression.ts'
import { applyPostfix, resolveFrom } from './from.ts'
import { type ResolvedKey, resolveGrouping, resolveOrder } from './grouping.ts'
import { joinScopes } from './join.ts'
import { nameLeaves } from './leaves.ts'
import { isNamed } from './lookup.ts'
import { type Column, type FromScope, realize } from './relation.ts'
import { relationOf, rowsNamed, structColumns } from './rows.ts'
import { realizeFilter, resolveItems, resolveModifier, resolveSelect, resolveWindows } from './select.ts'
import { combineInputs } from './set-operation.ts'
import { refusedTableFunction } from './table-function.ts'
import { declareCommonTables } from './with-entries.ts'

/** The table between two operators of a pipe, and what the next one can name. */
export type PipeTable = { readonly from: FromScope; readonly env: Environment }

export function resolvePipe(table: PipeTable, operator: PipeOperator): PipeTable {
  if (operator.kind === 'PipeWith') return { ...table, env: declareCommonTables(operator.with, table.env) }
  return { ...table, from: nextFrom(table, operator) }
}

function nextFrom({ from, env }: PipeTable, operator: Exclude<PipeOperator, { readonly kind: 'PipeWith' }>): FromScope {
  const scope = scopeOf(env, from)
  switch (operator.kind) {
    case 'PipeWhere':
      realizeFilter(operator.condition, scope)
      return from
    case 'PipeSelect':
      return rowsNamed(undefined, resolveSelect(operator.select, env, from).relation)
    case 'PipeExtend':
      resolveWindows(operator.windows, scope)
      return extend(from, operator.items, scope)
    case 'PipeWindow':
      return extend(from, operator.items, scope)
    case 'PipeSet':
      return operator.items.reduce((input, { column, value }) => {
        const resolved = resolveExpression(value, scope)
        return replaceColumn(input, column, old => [{ ...resolved, name: old.name }])
      }, from)
    case 'PipeDrop':
      return operator.columns.reduce((input, column) => replaceColumn(input, column, () => []), from)
    case 'PipeRename':
      return rename(from, operator.items)
    case 'PipeAs':
      return rowsNamed(operator.alias.text, relationOf(from))
    case 'PipeLimit':
      for (const count of [operator.limit.count, operator.limit.offset]) if (count) resolveExpression(count, scope)
      return from
    case 'PipeOrderBy':
      resolveOrder(operator.items, scope, from.star)
      return from
    case 'PipeAggregate':
      return aggregate(operator, scope)
    case 'PipeDistinct':
      for (const column of from.star) realize(column.reads, 'group')
      return from
    case 'PipeSetOperation': {
      const inputs = operator.inputs.map(input => ({ operator: operator.operator, input: resolveQuery(input, env) }))
      return rowsNamed(undefined, combineInputs(relationOf(from), inputs))
    }
    case 'PipeRecursiveUnion':
      throw refusedRecursion(operator)
    case 'PipeJoin':
      return joinScopes(from, resolveFrom(operator.join.right, env, from), operator.join, env)
    case 'PipeCall':
      throw refusedTableFunction(operator.call, env)
    case 'PipeAssert':
      realizeFilter(operator.condition, scope)
      for (const value of operator.payload) realize(resolveExpression(value, scope).reads, 'select')
      return from
    case 'PipeTableSample':
      return applyPostfix(operator.sample, from, env)
    case 'PipePivot':
      return applyPostfix(operator.pivot, from, env)
    case 'PipeUnpivot':
      return applyPostfix(operator.unpivot, from, env)
    case 'PipeMatchRecognize':
      return applyPostfix(operator.match, from, env)
    case 'PipeFork':
      throw refusedOperator(operator.word)
    case 'PipeIf':
      throw refusedOperator('IF')
    case 'PipeDescribe':
      throw refusedOperator(operator.word)
    case 'PipeCreateTable':
      throw refusedOperator('CREATE TABLE')
    case 'PipeInsert':
      throw refusedOperator('INSERT')
    case 'PipeExportData':
      throw refusedOperator('EXPORT DATA')
  }
}

/** New columns at the end; the names of tables stay. */
function extend({ ranges, star, whole }: FromScope, items: readonly SelectItem[], scope: Scope): FromScope {
  const added = resolveItems(items, scope)
  const extended = { ranges, star: [...star, ...added] }
  return whole === undefined ? extended : { ...extended, whole: [...whole, ...added] }
}

function replaceColumn(from: FromScope, name: Identifier, replace: (column: Column) => readonly Column[]): FromScope {
  const { ranges, star, whole = star } = from
  const isMeant = (column: Column) => isNamed(column, name.text)
  const first = whole.find(isMeant)
  if (first === undefined) throw notAColumn(name, star.some(isMeant))
  nameLeaves(first)
  const columns = whole.flatMap(column => (isMeant(column) ? replace(column) : [column]))
  if (from.whole === undefined) return { ranges, star: columns }
  // Rows that are structs stay one column, which the star takes apart.
  const isRow = (column: Column) => whole.includes(column) && !star.includes(column)
  const spread = columns.flatMap(column => (isRow(column) ? (structColumns(column) ?? [column]) : [column]))
  return { ranges, star: spread, whole: columns }
}

/** All at once, so that two columns may change names. */
function rename(from: FromScope, items: PipeRename['items']): FromScope {
  const held = items.reduce(
    (input, { from: old }, at) => replaceColumn(input, old, column => [{ ...column, name: heldName(at) }]),
    from,
  )
  return items.reduce(
    (input, { to }, at) =>
      replaceColumn(input, { ...to, text: heldName(at) }, column => [{ ...column, name: to.text }]),
    held,
  )
}

/** No identifier is like it. */
function heldName(at: number): string {
  return `\u0000${at}`
}

function notAColumn({ text }: Identifier, isField: boolean): Failure {
  return isField
    ? new Failure('query_invalid', {
        detail: `${text} is a field of rows that are structs, and no column of the pipe.`,
      })
    : new Failure('unknown_name', { detail: `There is no column ${text} in the pipe.` })
}

/** The keys first, as they are grouped by; then the aggregates. */
function aggregate({ privacy, items, groupBy }: PipeAggregate, scope: Scope): FromScope {
  resolveModifier(privacy, scope)
  const keys = groupBy === undefined ? [] : resolveGrouping(groupBy, scope, scope.from.star)
  const aggregates = resolveItems(
    items.map(({ item }) => item),
    scope,
  )
  const isOfSets = groupBy?.items.some(({ kind }) => kind === 'GroupingSet') === true
  // A key is one column, in however many grouping sets it is.
  const shown = isOfSets ? eachOnce(keys, ({ node }) => print(node).toLowerCase()) : keys
  return rowsNamed(undefined, { columns: [...shown.map(keyColumn), ...aggregates] })
}

function keyColumn({ node, alias, value }: ResolvedKey): Column {
  return { ...value, name: alias ?? impliedName(node) }
}

/** What makes several answers of one query, or changes something in the middle of it. */
function refusedOperator(word: string): Failure {
  return new Failure('cannot_govern', {
    detail: `The pipe operator ${word} is not served.`,
    next: 'End the query in front of it, and send what it does as a statement of its own.',
  })
}

function refusedRecursion({ operator }: PipeRecursiveUnion): Failure {
  return new Failure('cannot_govern', {
    detail: `RECURSIVE ${operator.type} in a pipe is not served.`,
    next: 'Write it as WITH RECURSIVE at the top of the query.',
  })
}
