import type { CatalogTable } from '../../model/catalog.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import type { PredictedScan } from '../../model/governed.ts'
import { touchedColumns } from '../facts/tables.ts'
import type { Context } from '../resolve/context.ts'
import type { Scan } from '../resolve/relation.ts'
import type { HoistPlan } from './plan-hoists.ts'
import { filterColumns } from './row-filter.ts'

type Filters = Pick<DecisionFacts, 'rowFilters'>

/** Every scan that the governed text has, and where it stands. */
export function predictedScans(context: Context, plan: HoistPlan, filters: Filters): readonly PredictedScan[] {
  const inEntries = plan.hoists
    .filter(({ isView }) => !isView)
    .map(({ scan, name }) => ({ id: scan.id, hoist: name, columns: columnNames(scan, filters) }))
  const bare = new Set<Scan>()
  for (const [node, resolution] of context.resolutions) {
    if (resolution.kind === 'base' && plan.nameFor(node) === undefined) bare.add(resolution.scan)
  }
  return [...inEntries, ...[...bare].map(scan => ({ id: scan.id, columns: columnNames(scan, filters) }))]
}

/** The tables with no other columns than the text may name: what was missed cannot be found. */
export function readCatalog(context: Context, filters: Filters): readonly CatalogTable[] {
  const isView = (scan: Scan) => context.views.has(scan.id)
  return [...context.scans.values()]
    .filter(scan => !isView(scan))
    .map(scan => {
      const names = new Set(columnNames(scan, filters))
      const { table } = scan
      const columns = table.columns.filter(({ name }) => names.has(name))
      const pseudoColumns = table.pseudoColumns.filter(({ name }) => names.has(name))
      return { ...table, columns, pseudoColumns, etag: JSON.stringify([table.etag, ...names]) }
    })
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
