import { listTables as look } from '../../../gateway/list-tables.ts'
import { withEtag } from '../etag.ts'
import { defineMethod } from '../method.ts'
import { count, pageTokenText, queryString } from '../query-string.ts'
import { showList } from '../show-list.ts'
import { listedTable } from '../table-resource.ts'
import { visibleDataset } from '../visible-dataset.ts'

export const listTables = defineMethod({
  id: 'bigquery.tables.list',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/tables',
  query: queryString({ maxResults: count.exactOptional(), pageToken: pageTokenText.exactOptional() }),
  run: async call => {
    const { path, query, request, desk } = call
    const { project, dataset } = path
    const { view } = await look({ ...request, project, dataset }, desk.ports)
    // A closed dataset shows no tables; to its reader it does not exist.
    if (view.length === 0) await visibleDataset(path, request, desk)
    const { shown, nextPageToken } = showList(view, query, `tables of ${project}.${dataset}`, call)
    return {
      state: 'answered',
      body: withEtag({
        ...{ kind: 'bigquery#tableList', totalItems: view.length, tables: shown.map(listedTable) },
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      }),
    }
  },
})
