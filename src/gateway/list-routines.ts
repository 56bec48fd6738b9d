import { type CatalogRoutine, nothingWanted } from '../model/catalog.ts'
import { tableId } from '../model/table-ref.ts'
import { maySee } from './list-datasets.ts'
import { type CatalogView, lookAtCatalog } from './look-at-catalog.ts'
import type { Ports } from './ports.ts'
import type { Request, Visit } from './query.ts'

type Place = { readonly project: string; readonly dataset: string }

/** The functions and procedures of a dataset that the caller may see; a dataset that is closed or absent has none. */
export function listRoutines(request: Request & Place, ports: Ports): Promise<CatalogView<readonly CatalogRoutine[]>> {
  const { project, dataset } = request
  return lookAtCatalog(request, `routines of ${project}.${dataset}`, ports, async visit => {
    const all = await ports.catalog.routines({ project, dataset }, visit.signal)
    const visible = await Promise.all(all.map(routine => maySeeRoutine(routine, visit, ports)))
    const view = all.filter((_, index) => visible[index] === true)
    return { view, count: view.length }
  })
}

/** One of them; one that is closed and one that is absent are the same. */
export function findRoutine(
  request: Request & Place & { readonly routine: string },
  ports: Ports,
): Promise<CatalogView<CatalogRoutine | undefined>> {
  const { project, dataset, routine } = request
  const ref = { project, dataset, table: routine }
  return lookAtCatalog(request, `routine ${tableId(ref)}`, ports, async visit => {
    const { routines } = await ports.catalog.snapshot({ ...nothingWanted, routines: [ref] }, visit.signal)
    const entry = routines.get(tableId(ref))
    const isVisible = entry?.state === 'found' && (await maySeeRoutine(entry.routine, visit, ports))
    return { view: isVisible ? entry.routine : undefined, count: isVisible ? 1 : 0 }
  })
}

function maySeeRoutine({ ref, etag }: CatalogRoutine, visit: Visit, ports: Ports): Promise<boolean> {
  return maySee({ ref, kind: 'routine', etag, labels: {} }, visit, ports)
}
