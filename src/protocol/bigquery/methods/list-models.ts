import { defineMethod } from '../method.ts'
import { count, pageTokenText, queryString } from '../query-string.ts'
import { visibleDataset } from '../visible-dataset.ts'

/** Models are shown to nobody, since policy cannot speak of them yet: a dataset's list of them is empty. */
export const listModels = defineMethod({
  id: 'bigquery.models.list',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/models',
  query: queryString({ maxResults: count.exactOptional(), pageToken: pageTokenText.exactOptional() }),
  run: async ({ path, request, desk }) => {
    await visibleDataset(path, request, desk)
    return { state: 'answered', body: { kind: 'bigquery#listModelsResponse' } }
  },
})
