import type { Expression } from '../../googlesql/ast/expression.ts'
import type {
  ExpressionItem,
  NamedWindow,
  Select,
  SelectItem,
  SelectModifier,
  StarItem,
} from '../../googlesql/ast/query.ts'
import { visit } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import { classOfCall } from '../routine/aggregating.ts'
import { sameName } from '../table-name.ts'
import { columnsNamed } from './columns-named.ts'
import { type Environment, resolveExpression, type Scope, scopeOf } from './context.ts'
import { impliedName } from './expression.ts'
import { resolveFrom } from './from.ts'
import { resolveGrouping } from './grouping.ts'
import { nameLeaves } from './leaves.ts'
import { type Column, emptyFrom, type FromScope, mergeReads, type Range, type Relation, realize } from './relation.ts'
import { structColumns } from './rows.ts'
import { spend } from './spend.ts'
import { windowReads } from './window.ts'

/** A select's columns, and what its ORDER BY can see beside them. */
export type ResolvedSelect = { readonly relation: Relation; readonly from: FromScope }

/** SELECT with all its clauses but ORDER BY. In a pipe, `input` stands for FROM. */
export function resolveSelect(select: Select, env: Environment, input?: FromScope): ResolvedSelect {
  const from = select.from === undefined ? (input ?? emptyFrom) : resolveFrom(select.from, env)
  const scope = scopeOf(env, from)
  resolveModifier(select.privacy, scope)
  realizeFilter(select.where, scope)
  resolveWindows(select.windows, scope)
  const columns = resolveItems(select.items, scope)
  const withAliases: Scope = { ...scope, aliases: { columns, precedence: 'last' } }
  if (select.groupBy !== undefined) {
    resolveGrouping(select.groupBy, withAliases, columns)
    if (select.groupBy.all) realizePlainItems(select.items, scope)
  }
  realizeFilter(select.having, withAliases)
  realizeFilter(select.qualify, withAliases)
  if (select.distinct) for (const column of columns) realize(column.reads, 'group')
  return { relation: shape(columns, select.as), from }
}

export function realizeFilter(condition: Expression | undefined, scope: Scope): void {
  if (condition !== undefined) realize(resolveExpression(condition, scope).reads, 'filter')
}

/** `OPTIONS (privacy_unit_column = id)` decides whose rows count. */
export function resolveModifier(modifier: SelectModifier | undefined, scope: Scope): void {
  for (const { value } of modifier?.options?.entries ?? []) realize(resolveExpression(value, scope).reads, 'group')
}

/** What a named window sorts and splits by counts as read where it is defined. */
export function resolveWindows(windows: readonly NamedWindow[], scope: Scope): void {
  for (const { window } of windows) realize(windowReads(window, scope), 'window')
}

/** GROUP BY ALL groups by every item that has no aggregate in it. */
function realizePlainItems(items: readonly SelectItem[], scope: Scope): void {
  for (const item of items) {
    if (item.kind === 'ExpressionItem' && hasAggregate(item.value)) continue
    for (const column of resolveItems([item], scope)) realize(column.reads, 'group')
  }
}

function hasAggregate(expression: Expression): boolean {
  let found = false
  visit(expression, {
    Query: () => false,
    FunctionCall: call => {
      found ||= call.over === undefined && classOfCall(call) === 'aggregate'
    },
  })
  return found
}

export function resolveItems(items: readonly SelectItem[], scope: Scope): readonly Column[] {
  const columns: Column[] = []
  for (const item of items) {
    // Not spread: a star may stand for more columns than a call has arguments.
    if (item.kind === 'StarItem') for (const column of resolveStar(item, scope)) columns.push(column)
    else columns.push(resolveItem(item, scope))
  }
  return columns
}

function resolveItem({ value, alias }: ExpressionItem, scope: Scope): Column {
  return { ...resolveExpression(value, scope), name: alias?.text ?? impliedName(value) }
}

/** The columns of `*` or `x.*`; all of them are named by it, those behind EXCEPT and REPLACE too. */
function resolveStar(item: StarItem, scope: Scope): readonly Column[] {
  const { target, except, replace } = item
  const all = starColumns(target, scope)
  spend(all.length, scope.env.context.spent)
  const hidden = hiddenBy(target, scope)
  if (hidden.length > 0) scope.env.context.stars.set(item, hidden)
  for (const column of all) nameLeaves(column)
  for (const name of [...except, ...replace.map(item => item.alias)]) {
    if (name === undefined || columnsNamed(all, name.text).length > 0) continue
    throw new Failure('unknown_name', { detail: `* has no column ${name.text}.` })
  }
  const hiddenNames = new Set(except.map(({ text }) => text.toLowerCase()))
  const newValues = new Map(replace.toReversed().map(({ alias, value }) => [alias?.text.toLowerCase(), value]))
  const kept = all.filter(({ name }) => name === undefined || !hiddenNames.has(name.toLowerCase()))
  return kept.map(column => {
    const value = column.name === undefined ? undefined : newValues.get(column.name.toLowerCase())
    return value === undefined ? column : { ...resolveExpression(value, scope), name: column.name }
  })
}

function starColumns(target: Expression | undefined, scope: Scope): readonly Column[] {
  if (target === undefined) {
    if (scope.from.ranges.length === 0 && scope.from.star.length === 0) {
      throw new Failure('query_invalid', { detail: 'SELECT * needs a FROM clause.' })
    }
    return scope.from.star.filter(column => column.isPseudo !== true)
  }
  const range = rangeNamed(target, scope)
  if (range !== undefined) return range.columns.filter(column => column.isPseudo !== true)
  const columns = structColumns(resolveExpression(target, scope))
  if (columns !== undefined) return columns
  throw new Failure('query_invalid', { detail: 'What stands before .* is neither a table nor a struct.' })
}

/** Pseudo-columns of the rows that a star stands for. */
function hiddenBy(target: Expression | undefined, scope: Scope): readonly Column[] {
  const columns = target === undefined ? scope.from.star : (rangeNamed(target, scope)?.columns ?? [])
  return columns.filter(column => column.isPseudo === true)
}

/** `t.*` of a table, whose columns keep what is known of them. */
function rangeNamed(target: Expression, scope: Scope): Range | undefined {
  if (target.kind !== 'PathExpression' || target.parts.length > 1) return undefined
  const [{ text }] = target.parts
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const range = here.from.ranges.find(({ name }) => name !== undefined && sameName(name, text))
    if (range !== undefined) return range.isValue === true ? undefined : range
  }
  return undefined
}

/** SELECT AS STRUCT makes rows that are one value; SELECT AS VALUE takes its only column as one. */
function shape(columns: readonly Column[], as: Select['as']): Relation {
  if (as === undefined) return { columns }
  const [only, second] = columns
  if (as === 'VALUE') {
    if (only === undefined || second !== undefined) {
      throw new Failure('query_invalid', { detail: 'SELECT AS VALUE takes exactly one column.' })
    }
    return { columns: [{ ...only, name: undefined }], isValue: true }
  }
  const fields = columns.flatMap(({ name, type }) => (type === undefined ? [] : [{ name: name ?? '', type }]))
  const type = fields.length === columns.length ? ({ kind: 'struct', fields } as const) : undefined
  return {
    columns: [{ name: undefined, type, reads: mergeReads(...columns.map(({ reads }) => reads)) }],
    isValue: true,
  }
}
