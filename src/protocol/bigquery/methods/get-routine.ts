import { z } from 'zod'
import { findRoutine } from '../../../gateway/list-routines.ts'
import { Failure } from '../../../model/failure.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { routineResource } from '../routine-resource.ts'

export const getRoutine = defineMethod({
  id: 'bigquery.routines.get',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/routines/{routine}',
  query: queryString({ readMask: z.string().max(10_000).exactOptional() }),
  run: async ({ path, request, desk }) => {
    const { view } = await findRoutine({ ...request, ...path }, desk.ports)
    if (view !== undefined) return { state: 'answered', body: routineResource(view) }
    const { project, dataset, routine } = path
    throw new Failure('not_found', { detail: `Not found: Routine ${project}:${dataset}.${routine}.` })
  },
})
