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
  const found: TableAccess[] = []
  for (const scan of scans.values()) {
    if (isTemporary(scan.table)) continue
    found.push(describe(scan, scan.table, kindOf(scan), readAs, [...scan.via]))
    for (const table of scan.matches ?? []) found.push(describe(scan, table, table.kind, readAs, [scan.id]))
  }
  for (const { scan, access } of targets) {
    if (!isTemporary(scan.table)) found.push(describe(scan, scan.table, kindOf(scan), [...access].sort(), []))
  }
  if (objects.length === 0) return mergeTables(found)
  const known = new Set(found.map(({ id }) => id))
  const named = describeNamed(objects.filter(({ id, kind }) => kind !== 'unknown' || !known.has(id)))
  return mergeTables([...found, ...named])
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
  if (all.length < 2) return all
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
  as: readonly Access[],
  via: readonly TableId[],
): TableAccess {
  const { ref, etag, labels, sizeBytes } = table
  const columns = touchedColumns(scan, table).flatMap(column => describeColumn(column, scan))
  const access: TableAccess = { id: tableId(ref), ref, kind, access: as, via, etag, labels, columns }
  return sizeBytes === undefined ? access : { ...access, sizeBytes }
}

/** The columns that the statement names, in the order of the table; pseudo-columns last. */
export function touchedColumns({ uses }: Scan, table: CatalogTable): readonly CatalogColumn[] {
  const touched = new Set<string | undefined>()
  for (const path of uses.keys()) touched.add(path.split('.', 1)[0]?.toLowerCase())
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
  const found = new Set<string>()
  for (const prefix in tags) {
    if (path !== prefix && !path.startsWith(`${prefix}.`)) continue
    for (const tag of tags[prefix] ?? []) found.add(tag)
  }
  return [...found].sort()
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
