import { z } from 'zod'
import { listRoutines as look } from '../../../gateway/list-routines.ts'
import { defineMethod } from '../method.ts'
import { count, pageTokenText, queryString } from '../query-string.ts'
import { routineResource } from '../routine-resource.ts'
import { showList } from '../show-list.ts'
import { visibleDataset } from '../visible-dataset.ts'

/** Google's one filter: `routineType:{SCALAR_FUNCTION}`. */
const kindFilter = z
  .string()
  .regex(/^routineType:\{?\w+\}?$/)
  .transform(text => text.replace(/^routineType:\{?(\w+)\}?$/, '$1'))

export const listRoutines = defineMethod({
  id: 'bigquery.routines.list',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/routines',
  query: queryString({
    maxResults: count.exactOptional(),
    pageToken: pageTokenText.exactOptional(),
    filter: kindFilter.exactOptional(),
  }),
  run: async call => {
    const { path, query, request, desk } = call
    const { project, dataset } = path
    const { view } = await look({ ...request, ...path }, desk.ports)
    // To whoever may not read it a dataset does not exist.
    if (view.length === 0) await visibleDataset(path, request, desk)
    const { filter } = query
    const found = view.map(routineResource).filter(({ routineType }) => filter === undefined || routineType === filter)
    const { shown, nextPageToken } = showList(found, query, `routines of ${project}.${dataset}`, call)
    return {
      state: 'answered',
      body: {
        ...{ kind: 'bigquery#listRoutinesResponse', routines: shown },
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      },
    }
  },
})
