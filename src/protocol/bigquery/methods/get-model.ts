import { Failure } from '../../../model/failure.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'

/** Each model is absent, as its dataset's list says. */
export const getModel = defineMethod({
  id: 'bigquery.models.get',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/models/{model}',
  query: queryString({}),
  run: async ({ path: { project, dataset, model } }) => {
    throw new Failure('not_found', { detail: `Not found: Model ${project}:${dataset}.${model}.` })
  },
})
