import type { CatalogDataset } from '../model/catalog.ts'
import { maySeeDataset } from './list-datasets.ts'
import { type CatalogView, lookAtCatalog } from './look-at-catalog.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'

export type DescribeDataset = Request & { readonly project: string; readonly dataset: string }

/** One dataset, where the caller may see anything in it; one that is closed and one that is absent are the same. */
export function describeDataset(
  request: DescribeDataset,
  ports: Ports,
): Promise<CatalogView<CatalogDataset | undefined>> {
  const { project, dataset } = request
  return lookAtCatalog(request, `dataset ${project}.${dataset}`, ports, async visit => {
    const found = await ports.catalog.dataset({ project, dataset }, visit.signal)
    const isVisible = found !== undefined && (await maySeeDataset(found, visit, ports))
    return { view: isVisible ? found : undefined, count: isVisible ? 1 : 0 }
  })
}
