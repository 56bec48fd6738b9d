import { z } from 'zod'
import { alterDefinition } from '../../../gateway/alter-definition.ts'
import { describeTable } from '../../../gateway/describe-table.ts'
import { findTable } from '../../../gateway/find-table.ts'
import { alteredTable } from '../altered-definition.ts'
import { checkUnchanged } from '../check-unchanged.ts'
import { defineMethod } from '../method.ts'
import { queryString } from '../query-string.ts'
import { namedTable, tableResource } from '../table-resource.ts'

/** Changes what a table is told to be: its words, labels and columns, and when it ends. No row changes. */
export const patchTable = defineMethod({
  id: 'bigquery.tables.patch',
  verb: 'PATCH',
  path: 'projects/{project}/datasets/{dataset}/tables/{table}',
  query: queryString({ autodetect_schema: z.enum(['false', 'False']).exactOptional() }),
  body: alteredTable,
  refuses: body => refusedChange(body),
  run: async ({ path, body, ifMatch, request, desk }) => {
    const { project, dataset, table } = path
    if (ifMatch !== undefined) {
      const { view } = await findTable({ ...request, ...path }, desk.ports)
      checkUnchanged(ifMatch, view?.etag)
    }
    const text = `change the definition of table ${project}.${dataset}.${table}`
    const transfer = { kind: 'alter_table', altered: path, sources: [], uris: [], options: body } as const
    const done = await alterDefinition({ ...request, transfer, text, project }, desk.ports)
    if (done.state !== 'altered') return done
    const { decision } = done
    const now = await describeTable({ ...request, ...path }, desk.ports)
    const shown = now.state === 'visible' ? tableResource(now, desk) : namedTable(path)
    return { state: 'answered', body: shown, decisionId: decision.id }
  },
})

const elsewhere: Readonly<Record<string, string>> = {
  view: 'changing the query of a view is not granted. Send CREATE OR REPLACE VIEW.',
  materializedView: 'changing the query of a view is not granted. Send CREATE OR REPLACE MATERIALIZED VIEW.',
}

function refusedChange(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const name = Object.keys(elsewhere).find(field => field in body)
  return name && `${name}: ${elsewhere[name]}`
}
