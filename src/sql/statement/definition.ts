import type { Alter } from '../../googlesql/ast/alteration.ts'
import type { CreateView } from '../../googlesql/ast/definition.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import type { ExportData } from '../../googlesql/ast/movement.ts'
import type { Path } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { CreateTable } from '../../googlesql/ast/table-definition.ts'
import { children } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import { type Environment, resolveExpression, resolveQuery, scopeOf } from '../resolve/context.ts'
import { baseColumns } from '../resolve/leaves.ts'
import { type Column, emptyFrom, noReads, realize } from '../resolve/relation.ts'
import { scanOf } from '../resolve/scan.ts'
import { catalogTable } from './catalog-table.ts'
import { type DeclaredColumn, declaredColumns } from './declared-columns.ts'

/** CREATE TABLE in its forms: the columns that the table will have, where the statement says them. */
export function resolveCreateTable(create: CreateTable, env: Environment): readonly Column[] {
  const isScoped = create.scope !== undefined && (create.scope !== 'TEMP' || env.temporary === undefined)
  if (create.form === 'EXTERNAL' || isScoped) {
    const detail = 'External tables are not served, and temporary ones only in a script that uses them.'
    throw new Failure('statement_unsupported', { detail })
  }
  for (const source of [create.clone, create.copy]) if (source !== undefined) copyWhole(source.path, env)
  for (const element of create.elements ?? []) checkParts(element, env)
  const declared = create.like === undefined ? declaredColumns(create.elements ?? []) : columnsLike(create.like, env)
  if (create.query === undefined) return declared.map(({ name, type }) => ({ name, type, reads: noReads }))
  return renamed(
    resolveAnswer(create.query, env),
    declared.map(({ name }) => name),
  )
}

export function resolveCreateView(create: CreateView, env: Environment): readonly Column[] {
  if (create.source.kind !== 'Query' || create.scope !== undefined) {
    throw new Failure('statement_unsupported', { detail: 'Temporary views and replicas are not served.' })
  }
  return renamed(
    resolveAnswer(create.source, env),
    create.columns.map(({ name }) => name.text),
  )
}

/** Names that a definition gives to the columns of its query, in order. */
function renamed(columns: readonly Column[], names: readonly string[]): readonly Column[] {
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }))
}

/** A change of a table's definition: the table is known as it is now. */
export function resolveAlter(alter: Alter, env: Environment): readonly Column[] {
  checkParts(alter, env)
  const isTable = alter.object === 'TABLE' && alter.name !== undefined
  if (isTable) env.context.altered.push(catalogTable(alter.name, env))
  return []
}

export function resolveExport({ query }: ExportData, env: Environment): readonly Column[] {
  return resolveAnswer(query, env)
}

/** A query whose rows go elsewhere. */
function resolveAnswer(query: Parameters<typeof resolveQuery>[0], env: Environment): readonly Column[] {
  const { columns } = resolveQuery(query, env)
  for (const column of columns) realize(column.reads, 'select')
  return columns
}

/** LIKE takes the columns and none of the rows: the table is known as it is, and not read. */
function columnsLike(path: Path, env: Environment): readonly DeclaredColumn[] {
  const table = catalogTable(path, env)
  env.context.altered.push(table)
  return table.columns
}

/** CLONE and COPY take a table as it is, with every column. */
function copyWhole(path: Path, env: Environment): void {
  const table = catalogTable(path, env)
  if (table.viewQuery !== undefined) throw new Failure('query_invalid', { detail: 'A view cannot be copied.' })
  const scan = scanOf(table, env.context)
  env.context.copied.add(scan.id)
  for (const column of baseColumns(scan)) realize(column.reads, 'select')
}

/** Defaults and checks are expressions on no rows; what they call is known, and they read nothing. */
export function checkParts(node: Node, env: Environment): void {
  for (const child of children(node)) {
    if (child.kind === 'Query') {
      throw new Failure('cannot_govern', { detail: 'A query inside of a definition is not served.' })
    }
    if (child.kind === 'FunctionCall') callOnNothing(child, env)
    else checkParts(child, env)
  }
}

function callOnNothing(call: Expression, env: Environment): void {
  try {
    resolveExpression(call, scopeOf(env, emptyFrom))
  } catch (thrown) {
    // A generated column or a check names columns of the table that is being made.
    if (!(thrown instanceof Failure) || thrown.code !== 'unknown_name') throw thrown
    throw new Failure('cannot_govern', { detail: 'Expressions on the columns of a new table are not served.' })
  }
}
