import { type CatalogTable, nothingWanted } from '../model/catalog.ts'
import { tableId } from '../model/table-ref.ts'
import { maySee } from './list-datasets.ts'
import { type CatalogView, lookAtCatalog } from './look-at-catalog.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'

export type FindTable = Request & { readonly project: string; readonly dataset: string; readonly table: string }

/** One relation, where the caller may know of it; one that is closed and one that is absent are the same. */
export function findTable(request: FindTable, ports: Ports): Promise<CatalogView<CatalogTable | undefined>> {
  const { project, dataset, table } = request
  const ref = { project, dataset, table }
  return lookAtCatalog(request, `table ${tableId(ref)}`, ports, async visit => {
    const snapshot = await ports.catalog.snapshot({ ...nothingWanted, tables: [ref] }, visit.signal)
    const entry = snapshot.tables.get(tableId(ref))
    const isVisible = entry?.state === 'found' && (await maySee(entry.table, visit, ports))
    return { view: isVisible ? entry.table : undefined, count: isVisible ? 1 : 0 }
  })
}
