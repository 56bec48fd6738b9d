import { z } from 'zod'
import { describeTable } from '../../../gateway/describe-table.ts'
import { Failure } from '../../../model/failure.ts'
import { resultsDataset } from '../job-resource.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { resultTable } from '../result-table.ts'
import { tableResource } from '../table-resource.ts'

export const getTable = defineMethod({
  id: 'bigquery.tables.get',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/tables/{table}',
  query: queryString({
    selectedFields: z.string().max(10_000).exactOptional(),
    view: z.enum(['TABLE_METADATA_VIEW_UNSPECIFIED', 'BASIC', 'STORAGE_STATS', 'FULL']).exactOptional(),
  }),
  run: async call => {
    const { path, request, desk } = call
    if (path.dataset === resultsDataset) return resultTable(call)
    const described = await describeTable({ ...request, ...path }, desk.ports).catch(thrown => {
      throw thrown instanceof Failure && thrown.code === 'unknown_name' ? notFound(path, thrown) : thrown
    })
    return described.state === 'visible' ? { state: 'answered', body: tableResource(described, desk) } : described
  },
})

type Path = { readonly project: string; readonly dataset: string; readonly table: string }

/** For clients that make a table where there is none, the status counts. */
function notFound({ project, dataset, table }: Path, cause: Failure): Failure {
  const { suggestions = [] } = cause.details
  return new Failure(
    'not_found',
    { detail: `Not found: Table ${project}:${dataset}.${table}.`, suggestions },
    { cause },
  )
}
