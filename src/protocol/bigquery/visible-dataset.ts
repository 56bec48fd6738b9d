import { describeDataset } from '../../gateway/describe-dataset.ts'
import type { Request } from '../../gateway/query.ts'
import type { CatalogDataset } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { countText } from './count-text.ts'
import type { BigQueryDesk } from './desk.ts'
import { selfLink } from './self-link.ts'
import { spared } from './spared.ts'

/** A dataset that the caller may see. One that is closed and one that is absent are the same to a client. */
export async function visibleDataset(
  { project, dataset }: { readonly project: string; readonly dataset: string },
  request: Request,
  { ports }: BigQueryDesk,
): Promise<CatalogDataset> {
  const { view } = await describeDataset({ ...request, project, dataset }, ports)
  if (view !== undefined) return view
  throw new Failure('not_found', { detail: `Not found: Dataset ${project}:${dataset}.` })
}

/** A dataset as lists show it. */
export function listedDataset({
  project,
  dataset,
  location,
  type,
}: Pick<CatalogDataset, 'project' | 'dataset' | 'location' | 'type'>) {
  return {
    kind: 'bigquery#dataset',
    id: `${project}:${dataset}`,
    datasetReference: { projectId: project, datasetId: dataset },
    location,
    ...spared({ type }),
  }
}

/** A dataset on its own. Who has access to it is the policy's matter and not shown. */
export function datasetResource(found: CatalogDataset, desk: BigQueryDesk) {
  const { project, dataset, etag, labels, description, friendlyName } = found
  return {
    ...{ ...listedDataset(found), etag, labels },
    selfLink: selfLink(`projects/${project}/datasets/${dataset}`, desk),
    ...spared({
      description,
      friendlyName,
      creationTime: countText(found.createdAtMs),
      lastModifiedTime: countText(found.changedAtMs),
      defaultTableExpirationMs: countText(found.tableExpirationMs),
      defaultPartitionExpirationMs: countText(found.partitionExpirationMs),
      maxTimeTravelHours: countText(found.timeTravelHours),
    }),
  }
}
