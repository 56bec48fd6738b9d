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
  const targets = contexts.flatMap(context => context.targets.map(({ scan }) => scan))
  const read = contexts.flatMap(({ scans, views }) => [...scans.values()].filter(scan => !views.has(scan.id)))
  const names = new Map<TableId, Set<string>>()
  for (const scan of [...read, ...targets]) {
    names.set(scan.id, new Set([...(names.get(scan.id) ?? []), ...columnNames(scan, filters)]))
  }
  const tables = new Map([...read, ...targets].map(({ id, table }) => [id, table]))
  const altered = new Map(contexts.flatMap(context => context.altered).map(table => [tableId(table.ref), table]))
  const known = [...tables].map(([id, table]) => withColumns(table, names.get(id) ?? new Set()))
  return [...known, ...altered.values()]
}

function withColumns(table: CatalogTable, names: ReadonlySet<string>): CatalogTable {
  const columns = table.columns.filter(({ name }) => names.has(name))
  const pseudoColumns = table.pseudoColumns.filter(({ name }) => names.has(name))
  return { ...table, columns, pseudoColumns, etag: JSON.stringify([table.etag, ...[...names].sort()]) }
}

function columnNames(scan: Scan, { rowFilters }: Filters): readonly string[] {
  const { table } = scan
  const filtered = (rowFilters.get(scan.id) ?? []).flatMap(({ condition }) => filterColumns(condition))
  const wanted = new Set(
    [...touchedColumns(scan, table).map(({ name }) => name), ...filtered].map(name => name.toLowerCase()),
  )
  return [...table.columns, ...table.pseudoColumns]
    .map(({ name }) => name)
    .filter(name => wanted.has(name.toLowerCase()))
}
