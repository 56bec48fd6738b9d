import { listDatasets } from '../../gateway/list-datasets.ts'
import type { DatasetEntry } from '../../gateway/ports.ts'
import type { Request } from '../../gateway/query.ts'
import { Failure } from '../../model/failure.ts'
import type { BigQueryDesk } from './desk.ts'

/** A dataset that the caller may see. One that is closed and one that is absent are the same to a client. */
export async function visibleDataset(
  { project, dataset }: { readonly project: string; readonly dataset: string },
  request: Request,
  { ports }: BigQueryDesk,
): Promise<DatasetEntry> {
  const { view } = await listDatasets({ ...request, project }, ports)
  const found = view.find(entry => entry.dataset === dataset)
  if (found !== undefined) return found
  throw new Failure('not_found', { detail: `Not found: Dataset ${project}:${dataset}.` })
}

/** A dataset as the REST API shows it. Who has access to it is the policy's matter and not shown. */
export function datasetResource({ project, dataset, location, description }: DatasetEntry) {
  return {
    kind: 'bigquery#dataset',
    id: `${project}:${dataset}`,
    datasetReference: { projectId: project, datasetId: dataset },
    location,
    ...(description === undefined ? {} : { description }),
  }
}
