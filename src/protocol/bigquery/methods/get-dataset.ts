import { z } from 'zod'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { datasetResource, visibleDataset } from '../visible-dataset.ts'

export const getDataset = defineMethod({
  id: 'bigquery.datasets.get',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}',
  query: queryString({
    datasetView: z.enum(['DATASET_VIEW_UNSPECIFIED', 'METADATA', 'FULL']).exactOptional(),
    accessPolicyVersion: z.string().exactOptional(),
  }),
  run: async ({ path, request, desk }) => {
    const dataset = await visibleDataset(path, request, desk)
    return { state: 'answered', body: datasetResource(dataset, desk) }
  },
})
