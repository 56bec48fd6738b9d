import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Identifier, Path } from '../../googlesql/ast/name.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { Access } from '../../model/statement.ts'
import { tableId } from '../../model/table-ref.ts'
import { type Environment, resolveExpression, scopeOf, type Target } from '../resolve/context.ts'
import { baseColumns, nameLeaves } from '../resolve/leaves.ts'
import { lookUp } from '../resolve/lookup.ts'
import { type FromScope, type Reads, realize, type Scan } from '../resolve/relation.ts'
import { rowsNamed } from '../resolve/rows.ts'
import { findTemporary, withFills } from '../resolve/temporary-table.ts'
import { impliedAlias } from '../table-name.ts'
import { catalogTable, notATable } from './catalog-table.ts'

/** The table that a statement changes, with the name its columns go by. */
export type OpenTarget = { readonly target: Target; readonly rows: FromScope; readonly table: CatalogTable }

export function openTarget(
  path: Path,
  alias: Identifier | undefined,
  access: readonly Access[],
  env: Environment,
): OpenTarget {
  const table = targetTable(path, env)
  const id = tableId(table.ref)
  const scan: Scan = { id, table, uses: new Map(), via: new Set(), isNamedDirectly: true, isTarget: true }
  const target = { scan, access: new Set(access), alias: alias?.text ?? impliedAlias(path) }
  env.context.targets.push(target)
  const temporary = findTemporary(path, env)
  const columns = baseColumns(scan)
  const rows = rowsNamed(target.alias, { columns: temporary === undefined ? columns : withFills(columns, temporary) })
  return { target, table, rows }
}

/** Only a table can be changed. */
function targetTable(path: Path, env: Environment): CatalogTable {
  const table = catalogTable(path, env)
  if (table.kind !== 'table' && table.kind !== 'clone') throw notATable(tableId(table.ref))
  return table
}

/** Columns that get values. They must exist; none named means all. */
export function writeColumns(columns: readonly Identifier[], { target, table, rows }: OpenTarget): void {
  const names = columns.length > 0 ? columns.map(({ text }) => text) : table.columns.map(({ name }) => name)
  for (const name of names) {
    const column = rows.star.find(known => known.name?.toLowerCase() === name.toLowerCase())
    if (column === undefined || column.isPseudo === true) {
      throw new Failure('unknown_name', {
        detail: `${target.scan.id} has no column ${name}.`,
        suggestions: table.columns.map(known => known.name),
      })
    }
    nameLeaves(column)
    realize(ownReads(column.reads, target.scan), 'write')
  }
}

/** The left side of an assignment: a column of the target, a field or an element of it. */
export function writePlace(place: Expression, { target, rows }: OpenTarget, env: Environment): void {
  const scope = { ...scopeOf(env, rows), outer: undefined }
  const value = place.kind === 'PathExpression' ? lookUp(place.parts, scope) : resolveExpression(place, scope)
  realize(ownReads(value.reads, target.scan), 'write')
}

/** What a temporary table was filled from is not written. */
function ownReads(reads: Reads, scan: Scan): Reads {
  const own = [...reads].filter(([, { leaf }]) => leaf.scan === scan)
  return own.length === reads.size ? reads : new Map(own)
}
