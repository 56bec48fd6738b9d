import type { TableArgument } from '../../googlesql/ast/call.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { TableFunction, TableReference } from '../../googlesql/ast/table.ts'
import type { CatalogRoutine } from '../../model/catalog.ts'
import { type ColumnType, typeText } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import { type Environment, resolveQuery } from './context.ts'
import { nameLeaves } from './leaves.ts'
import { isNamed } from './lookup.ts'
import { type Column, emptyFrom, type FromScope, mergeReads, type Relation, realize } from './relation.ts'
import { relationOf, rowsNamed } from './rows.ts'
import { resolveTable } from './table.ts'

const modes = ['MEETS', 'OVERLAPS']

/** `RANGE_SESSIONIZE(TABLE t, 'range', ['key', …] [, 'mode'])`: the rows of the table, each with the session that its range is in. */
export function resolveRangeSessionize(node: TableFunction, env: Environment): FromScope {
  const [input, range, keys, mode, extra] = node.args
  if (input === undefined || extra !== undefined || keys?.kind !== 'ArrayConstructor') throw unfit()
  if (mode !== undefined && !modes.includes(textOf(mode).toUpperCase())) throw unfit()
  const { columns } = inputRows(input, env)
  for (const column of columns) nameLeaves(column)
  const ranged = columnNamed(textOf(range), columns)
  if (ranged.type?.kind !== 'range') throw unfit(`${ranged.name} is no range.`)
  const partition = keys.elements.map(key => columnNamed(textOf(key), columns))
  realize(ranged.reads, 'window')
  for (const { reads } of partition) realize(reads, 'window')
  env.context.kept.set(node, sessionsOf(ranged.type, env))
  const reads = mergeReads(ranged.reads, ...partition.map(column => column.reads))
  return rowsNamed(node.alias?.text, { columns: [...columns, { name: 'session_range', type: ranged.type, reads }] })
}

function inputRows(input: TableFunction['args'][number], env: Environment): Relation {
  if (input.kind === 'TableArgument') return relationOf(resolveTable(referenceFor(input, env), env, emptyFrom))
  if (input.kind === 'ScalarSubquery') return resolveQuery(input.query, { ...env, outer: undefined })
  throw unfit()
}

/** `TABLE t` names a table as FROM does. */
function referenceFor(argument: TableArgument, { context }: Environment): TableReference {
  const rest = { alias: undefined, offset: undefined, systemTime: undefined, postfix: [], at }
  const reference: TableReference = { kind: 'TableReference', path: argument.path, ...rest }
  context.tableArguments.set(argument, reference)
  return reference
}

function columnNamed(name: string, columns: readonly Column[]): Column {
  const found = columns.find(column => isNamed(column, name))
  if (found !== undefined) return found
  const suggestions = columns.flatMap(column => column.name ?? [])
  throw new Failure('unknown_name', {
    detail: `RANGE_SESSIONIZE names ${name}, which its table does not have.`,
    suggestions,
  })
}

function textOf(argument: TableFunction['args'][number] | undefined): string {
  if (argument?.kind !== 'StringLiteral') throw unfit()
  return argument.value
}

/** What a second reader must know of the function: the type of the column that it adds. */
function sessionsOf(type: ColumnType, { context }: Environment): CatalogRoutine {
  const name = 'RANGE_SESSIONIZE'
  const other = [...context.kept.values()].find(({ ref, etag }) => ref.table === name && etag !== typeText(type))
  if (other !== undefined) throw unfit('One query cannot have sessions of two types.')
  return {
    ...{ ref: { project: '', dataset: '', table: name }, kind: 'table_function', language: 'other', parameters: [] },
    ...{ columns: [{ name: 'session_range', type }], body: '', etag: typeText(type) },
  }
}

function unfit(
  detail = "Write RANGE_SESSIONIZE(TABLE t, 'range column', ['key column'], 'MEETS' or 'OVERLAPS').",
): Failure {
  return new Failure('query_invalid', { detail })
}
