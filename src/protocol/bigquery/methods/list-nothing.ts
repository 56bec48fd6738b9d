import { Failure } from '../../../model/failure.ts'
import { defineMethod } from '../method.ts'
import { count, pageTokenText, queryString } from '../query-string.ts'
import { visibleDataset } from '../visible-dataset.ts'

const lists = {
  routines: {
    kind: 'bigquery#listRoutinesResponse',
    one: 'Routine',
    get: 'projects/{project}/datasets/{dataset}/routines/{routine}',
  },
  models: {
    kind: 'bigquery#listModelsResponse',
    one: 'Model',
    get: 'projects/{project}/datasets/{dataset}/models/{model}',
  },
} as const

/** Routines and models that policy lets nobody see yet: a dataset's list of them is empty, and each one is absent. */
export const listNothing = Object.entries(lists).flatMap(([name, { kind, one, get }]) => [
  defineMethod({
    id: `bigquery.${name}.list`,
    verb: 'GET',
    path: `projects/{project}/datasets/{dataset}/${name}`,
    query: queryString({ maxResults: count.exactOptional(), pageToken: pageTokenText.exactOptional() }),
    run: async ({ path, request, desk }) => {
      await visibleDataset(path as { project: string; dataset: string }, request, desk)
      return { state: 'answered', body: { kind } }
    },
  }),
  defineMethod({
    id: `bigquery.${name}.get`,
    verb: 'GET',
    path: get,
    query: queryString({}),
    run: async ({ path }) => {
      throw new Failure('not_found', { detail: `Not found: ${one} ${Object.values(path).join('.')}.` })
    },
  }),
])
