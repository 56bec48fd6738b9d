import type { CatalogTable } from '../../model/catalog.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import type { PredictedScan } from '../../model/governed.ts'
import { type TableId, tableId } from '../../model/table-ref.ts'
import { touchedColumns } from '../facts/tables.ts'
import type { Context } from '../resolve/context.ts'
import type { Scan } from '../resolve/relation.ts'
import type { Hoist, HoistPlan } from './plan-hoists.ts'
import { filterColumns } from './row-filter.ts'

type Filters = Pick<DecisionFacts, 'rowFilters'>

/** Every scan that the governed text has, and where it stands: `uses` are the entries, once for each place they are in. */
export function predictedScans(
  context: Context,
  { nameFor }: HoistPlan,
  uses: readonly Hoist[],
  filters: Filters,
): readonly PredictedScan[] {
  const inEntries = uses
    .filter(({ isView }) => !isView)
    .map(({ scan, name }) => ({ id: scan.id, hoist: name, columns: columnNames(scan, filters) }))
  const bare = new Set<Scan>()
  for (const [node, resolution] of context.resolutions) {
    if (resolution.kind === 'base' && nameFor(node) === undefined) bare.add(resolution.scan)
  }
  const copied = [...context.copied].flatMap(id => context.scans.get(id) ?? [])
  const inPlace = [...bare, ...copied, ...context.targets.map(({ scan }) => scan)]
  return [...inEntries, ...inPlace.map(scan => ({ id: scan.id, columns: columnNames(scan, filters) }))]
}

/** The tables with no other columns than the text may name: what was missed cannot be found. */
export function readCatalog(contexts: readonly Context[], filters: Filters): readonly CatalogTable[] {
  const read = new Map<TableId, { readonly table: CatalogTable; readonly names: Set<string> }>()
  for (const scan of [...contexts.flatMap(readIn), ...contexts.flatMap(changedIn)]) {
    const names = read.get(scan.id)?.names ?? new Set()
    for (const name of columnNames(scan, filters)) names.add(name)
    read.set(scan.id, { table: scan.table, names })
  }
  const known = Array.from(read.values(), ({ table, names }) => withColumns(table, names))
  const altered = new Map(contexts.flatMap(context => context.altered).map(table => [tableId(table.ref), table]))
  return [...known, ...altered.values()]
}

/** Of a view the tables behind it are read, and it is not. */
function readIn({ scans, views }: Context): readonly Scan[] {
  return [...scans.values()].filter(scan => !views.has(scan.id))
}

function changedIn({ targets }: Context): readonly Scan[] {
  return targets.map(({ scan }) => scan)
}

function withColumns(table: CatalogTable, names: ReadonlySet<string>): CatalogTable {
  const columns = table.columns.filter(({ name }) => names.has(name))
  const pseudoColumns = table.pseudoColumns.filter(({ name }) => names.has(name))
  return { ...table, columns, pseudoColumns, etag: JSON.stringify([table.etag, ...[...names].sort()]) }
}

function columnNames(scan: Scan, { rowFilters }: Filters): readonly string[] {
  const { table } = scan
  const wanted = new Set(touchedColumns(scan, table).map(({ name }) => name.toLowerCase()))
  for (const { condition } of rowFilters.get(scan.id) ?? []) {
    for (const name of filterColumns(condition)) wanted.add(name.toLowerCase())
  }
  const names = [...table.columns, ...table.pseudoColumns].map(({ name }) => name)
  return names.filter(name => wanted.has(name.toLowerCase()))
}
