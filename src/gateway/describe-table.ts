import type { CatalogTable } from '../model/catalog.ts'
import type { ColumnMask, GuardedFilter, Reason } from '../model/decision.ts'
import { tableId } from '../model/table-ref.ts'
import { catalogStatement } from './catalog-statement.ts'
import { type CatalogView, lookAtCatalog } from './look-at-catalog.ts'
import type { Ports } from './ports.ts'
import type { Request, Visit } from './query.ts'
import { questionAbout } from './question.ts'

export type DescribeTable = Request & { readonly project?: string; readonly dataset: string; readonly table: string }

/** A table as the caller would read it, or why it may not be read. Closed and absent tables look the same. */
export type TableDescription =
  | {
      readonly state: 'visible'
      readonly table: CatalogTable
      /** By leaf path. */
      readonly masks: ReadonlyMap<string, ColumnMask>
      readonly filters: readonly GuardedFilter[]
    }
  | { readonly state: 'hidden'; readonly reasons: readonly Reason[] }
  | { readonly state: 'missing'; readonly nearest: readonly string[] }

export function describeTable(request: DescribeTable, ports: Ports): Promise<CatalogView<TableDescription>> {
  const { dataset, table } = request
  const ref = { project: request.project ?? ports.settings.project, dataset, table }
  return lookAtCatalog(request, `table ${tableId(ref)}`, ports, async visit => {
    const snapshot = await ports.catalog.snapshot({ tables: [ref], wildcards: [] }, visit.signal)
    const entry = snapshot.tables.get(tableId(ref))
    const found = entry?.state === 'found' ? entry.table : undefined
    const described = await describe(found ?? nothingAt(ref), visit, ports)
    if (described.state === 'hidden' || found !== undefined) return { view: described, count: 1 }
    return { view: { state: 'missing', nearest: entry?.state === 'missing' ? entry.nearest : [] }, count: 0 }
  })
}

async function describe(table: CatalogTable, visit: Visit, ports: Ports): Promise<TableDescription> {
  const statement = catalogStatement(table, 'read', visit.asked.text)
  const decision = await ports.decide(questionAbout(visit, statement, ports))
  if (decision.effect !== 'allow') return { state: 'hidden', reasons: decision.reasons }
  const id = tableId(table.ref)
  return {
    state: 'visible',
    table,
    masks: decision.masks.get(id) ?? new Map(),
    filters: decision.rowFilters.get(id) ?? [],
  }
}

function nothingAt(ref: CatalogTable['ref']): CatalogTable {
  return { ref, kind: 'table', columns: [], etag: '', labels: {}, pseudoColumns: [] }
}
