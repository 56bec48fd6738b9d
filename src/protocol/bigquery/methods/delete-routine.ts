import { findRoutine } from '../../../gateway/list-routines.ts'
import type { RoutineKind } from '../../../model/catalog.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { answerStatement } from '../run-statement.ts'
import { quotedName } from '../statement-text.ts'

const objects: Readonly<Record<RoutineKind, string>> = {
  scalar_function: 'FUNCTION',
  aggregate_function: 'FUNCTION',
  table_function: 'TABLE FUNCTION',
  procedure: 'PROCEDURE',
}

/** Deletes a function or a procedure: here it is the DROP statement that does it. What one may not know of is taken for a function. */
export const deleteRoutine = defineMethod({
  id: 'bigquery.routines.delete',
  verb: 'DELETE',
  path: 'projects/{project}/datasets/{dataset}/routines/{routine}',
  query: queryString({}),
  run: async ({ path, request, desk }) => {
    const { project, dataset, routine } = path
    const { view: found } = await findRoutine({ ...request, ...path }, desk.ports)
    const text = `DROP ${objects[found?.kind ?? 'scalar_function']} ${quotedName(project, dataset, routine)}`
    return answerStatement({ text, project, request, desk })
  },
})
