import { listDatasets as look } from '../../../gateway/list-datasets.ts'
import { withEtag } from '../etag.ts'
import { defineMethod } from '../method.ts'
import { count, flag, pageTokenText, queryString } from '../query-string.ts'
import { showList } from '../show-list.ts'
import { listedDataset } from '../visible-dataset.ts'

export const listDatasets = defineMethod({
  id: 'bigquery.datasets.list',
  verb: 'GET',
  path: 'projects/{project}/datasets',
  query: queryString({
    all: flag.exactOptional(),
    maxResults: count.exactOptional(),
    pageToken: pageTokenText.exactOptional(),
  }),
  run: async call => {
    const { query, request, desk } = call
    const { project } = call.path
    const { view } = await look({ ...request, project }, desk.ports)
    const { shown, nextPageToken } = showList(view, query, `datasets of ${project}`, call)
    return {
      state: 'answered',
      body: withEtag({
        kind: 'bigquery#datasetList',
        datasets: shown.map(listedDataset),
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      }),
    }
  },
})
