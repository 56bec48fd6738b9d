import { findTable } from '../../../gateway/find-table.ts'
import type { RelationKind } from '../../../model/catalog.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { answerStatement } from '../run-statement.ts'
import { quotedName } from '../statement-text.ts'

const objects: Readonly<Record<RelationKind, string>> = {
  table: 'TABLE',
  clone: 'TABLE',
  view: 'VIEW',
  materialized_view: 'MATERIALIZED VIEW',
  external: 'EXTERNAL TABLE',
  snapshot: 'SNAPSHOT TABLE',
}

/** Deletes a table or a view: here it is the DROP statement that does it. What one may not know of is taken for a table. */
export const deleteTable = defineMethod({
  id: 'bigquery.tables.delete',
  verb: 'DELETE',
  path: 'projects/{project}/datasets/{dataset}/tables/{table}',
  query: queryString({}),
  run: async ({ path, request, desk }) => {
    const { project, dataset, table } = path
    const { view: found } = await findTable({ ...request, ...path }, desk.ports)
    const text = `DROP ${objects[found?.kind ?? 'table']} ${quotedName(project, dataset, table)}`
    return answerStatement({ text, project, request, desk })
  },
})
