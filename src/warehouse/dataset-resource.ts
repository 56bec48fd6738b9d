import { z } from 'zod'
import type { CatalogDataset } from '../model/catalog.ts'
import { givenFields } from './given-fields.ts'

const count = z.coerce.number().nullish()

/** A dataset as `datasets.get` gives it. */
export const datasetResource = z.object({
  datasetReference: z.object({ projectId: z.string(), datasetId: z.string() }),
  location: z.string().default(''),
  etag: z.string().default(''),
  labels: z.record(z.string(), z.string()).nullish(),
  description: z.string().nullish(),
  friendlyName: z.string().nullish(),
  creationTime: count,
  lastModifiedTime: count,
  defaultTableExpirationMs: count,
  defaultPartitionExpirationMs: count,
  type: z.string().nullish(),
  maxTimeTravelHours: count,
})

export function catalogDatasetOf(resource: z.infer<typeof datasetResource>): CatalogDataset {
  const { projectId: project, datasetId: dataset } = resource.datasetReference
  const { location, etag, labels, description, friendlyName, creationTime, lastModifiedTime } = resource
  const { type, maxTimeTravelHours: timeTravelHours } = resource
  const { defaultTableExpirationMs: tableExpirationMs, defaultPartitionExpirationMs: partitionExpirationMs } = resource
  return {
    ...{ project, dataset, location, etag, labels: labels ?? {} },
    ...givenFields({ description, friendlyName, createdAtMs: creationTime, changedAtMs: lastModifiedTime }),
    ...givenFields({ tableExpirationMs, partitionExpirationMs, type, timeTravelHours }),
  }
}
