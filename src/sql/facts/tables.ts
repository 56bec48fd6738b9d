import type { CatalogColumn, CatalogTable } from '../../model/catalog.ts'
import type { Access, ColumnAccess, ObjectKind, TableAccess } from '../../model/statement.ts'
import { type TableId, tableId } from '../../model/table-ref.ts'
import type { Context, NamedAccess } from '../resolve/context.ts'
import { leafPaths } from '../resolve/leaves.ts'
import type { Scan } from '../resolve/relation.ts'
import { isTemporary } from '../resolve/temporary-table.ts'
import { isSchemaView } from '../table-name.ts'

/** Every relation that a statement reads, changes or names, with every leaf of every column that is touched at all. */
export function describeTables(
  { scans, targets, objects }: Context,
  readAs: readonly Access[],
): readonly TableAccess[] {
  const lasting = [...scans.values()].filter(({ table }) => !isTemporary(table))
  const read = lasting.flatMap(scan => [
    describe(scan, scan.table, kindOf(scan), readAs, [...scan.via]),
    ...(scan.matches ?? []).map(table => describe(scan, table, table.kind, readAs, [scan.id])),
  ])
  const changed = targets.flatMap(({ scan, access }) => {
    return isTemporary(scan.table) ? [] : [describe(scan, scan.table, kindOf(scan), [...access].sort(), [])]
  })
  const known = new Set([...read, ...changed].map(({ id }) => id))
  const named = describeNamed(objects.filter(({ id, kind }) => kind !== 'unknown' || !known.has(id)))
  return mergeTables([...read, ...changed, ...named])
}

/** Objects of which no more is known than what a statement calls them. */
export function describeNamed(objects: readonly NamedAccess[]): readonly TableAccess[] {
  return mergeTables(
    objects.map(({ id, ref, kind, access, etag = '' }) => {
      return { id, ref, kind, access: [access], via: [], columns: [], etag, labels: {} }
    }),
  )
}

/** Policy sees each relation once, with all that is done to it. */
export function mergeTables(all: readonly TableAccess[]): readonly TableAccess[] {
  const byId = new Map<TableId, TableAccess>()
  for (const access of all) {
    const known = byId.get(access.id)
    byId.set(access.id, known === undefined ? access : merge(known, access))
  }
  return [...byId.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

function kindOf({ table }: Scan): ObjectKind {
  if (table.ref.table.endsWith('*')) return 'wildcard'
  return isSchemaView(table.ref) ? 'information_schema' : table.kind
}

function describe(
  scan: Scan,
  table: CatalogTable,
  kind: ObjectKind,
  access: readonly Access[],
  via: readonly TableId[],
): TableAccess {
  return {
    ...{ id: tableId(table.ref), ref: table.ref, kind, access, via, etag: table.etag, labels: table.labels },
    columns: touchedColumns(scan, table).flatMap(column => describeColumn(column, scan)),
    ...(table.sizeBytes === undefined ? {} : { sizeBytes: table.sizeBytes }),
  }
}

/** The columns that the statement names, in the order of the table; pseudo-columns last. */
export function touchedColumns({ uses }: Scan, table: CatalogTable): readonly CatalogColumn[] {
  const touched = new Set([...uses.keys()].map(path => path.split('.')[0]?.toLowerCase()))
  return [...table.columns, ...table.pseudoColumns].filter(({ name }) => touched.has(name.toLowerCase()))
}

function describeColumn({ name, type, tags }: CatalogColumn, { uses }: Scan): readonly ColumnAccess[] {
  return leafPaths(name, type).map(leaf => ({
    name: leaf.path,
    type: leaf.type,
    tags: tagsOf(leaf.path, tags),
    uses: [...(uses.get(leaf.path) ?? [])].sort(),
  }))
}

/** A tag on a struct is a tag on all that is in it. */
function tagsOf(path: string, tags: CatalogColumn['tags']): readonly string[] {
  const parts = path.split('.')
  const around = parts.map((_, index) => parts.slice(0, index + 1).join('.'))
  return [...new Set(around.flatMap(prefix => tags[prefix] ?? []))].sort()
}

function merge(left: TableAccess, right: TableAccess): TableAccess {
  const names = [...new Set([...left.columns, ...right.columns].map(({ name }) => name))]
  const columns = names.flatMap((name): ColumnAccess[] => {
    const [first, second] = [left, right].flatMap(side => side.columns.find(column => column.name === name) ?? [])
    if (first === undefined) return []
    const uses = [...new Set([...first.uses, ...(second?.uses ?? [])])].sort()
    return [{ ...first, uses, tags: [...new Set([...first.tags, ...(second?.tags ?? [])])].sort() }]
  })
  const access = [...new Set([...left.access, ...right.access])].sort()
  const known = left.etag === '' ? right : left
  return { ...known, access, via: [...new Set([...left.via, ...right.via])], columns }
}
