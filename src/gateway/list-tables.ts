import type { CatalogTable } from '../model/catalog.ts'
import { maySee } from './list-datasets.ts'
import { type CatalogView, lookAtCatalog } from './look-at-catalog.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'

export type ListTables = Request & { readonly project?: string; readonly dataset: string }

/** The tables of a dataset that the caller may see; a dataset that is closed or absent has none. */
export function listTables(request: ListTables, ports: Ports): Promise<CatalogView<readonly CatalogTable[]>> {
  const dataset = { project: request.project ?? ports.settings.project, dataset: request.dataset }
  return lookAtCatalog(request, `tables of ${dataset.project}.${dataset.dataset}`, ports, async visit => {
    const all = await ports.catalog.tables(dataset, visit.signal)
    const visible = await Promise.all(all.map(table => maySee(table, visit, ports)))
    const view = all.filter((_, index) => visible[index] === true)
    return { view, count: view.length }
  })
}
