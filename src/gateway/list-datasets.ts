import { catalogStatement, type Seen } from './catalog-statement.ts'
import { type CatalogView, lookAtCatalog } from './look-at-catalog.ts'
import type { DatasetEntry, Ports } from './ports.ts'
import type { Request, Visit } from './query.ts'
import { questionAbout } from './question.ts'

export type ListDatasets = Request & { readonly project?: string }

type DatasetRef = Pick<DatasetEntry, 'project' | 'dataset'>

/** The datasets in which the caller may see anything. */
export function listDatasets(request: ListDatasets, ports: Ports): Promise<CatalogView<readonly DatasetEntry[]>> {
  const project = request.project ?? ports.settings.project
  return lookAtCatalog(request, `datasets of ${project}`, ports, async visit => {
    const all = await ports.catalog.datasets(project, visit.signal)
    const visible = await Promise.all(all.map(dataset => maySeeDataset(dataset, visit, ports)))
    const view = all.filter((_, index) => visible[index] === true)
    return { view, count: view.length }
  })
}

export async function maySeeDataset(dataset: DatasetRef, visit: Visit, ports: Ports): Promise<boolean> {
  // Policy speaks of tables; a dataset is visible to whoever could see a table of no particular name in it.
  return maySee(anyTableOf(dataset), visit, ports)
}

/** Whether policy lets the caller know that a relation or routine exists. */
export async function maySee(seen: Seen, visit: Visit, ports: Ports): Promise<boolean> {
  const statement = catalogStatement(seen, visit.asked.text)
  const decision = await ports.decide(questionAbout(visit, statement, ports))
  return decision.effect === 'allow'
}

function anyTableOf({ project, dataset }: DatasetRef): Seen {
  const ref = { project, dataset, table: '*' }
  return { ref, kind: 'table', etag: '', labels: {} }
}
