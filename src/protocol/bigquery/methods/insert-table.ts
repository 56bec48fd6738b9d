import { z } from 'zod'
import { describeTable } from '../../../gateway/describe-table.ts'
import { Failure } from '../../../model/failure.ts'
import { columnText, newColumn } from '../column-text.ts'
import { clustering, rangePartitioning, timePartitioning } from '../destination-config.ts'
import { defineMethod } from '../method.ts'
import { datasetName, integer, labels, projectName, tableName } from '../names.ts'
import { partitionText } from '../partition-text.ts'
import { queryString } from '../query-string.ts'
import { runStatement } from '../run-statement.ts'
import { optionsClause, quotedName } from '../statement-text.ts'
import { tableResource } from '../table-resource.ts'

const newTable = z.strictObject({
  kind: z.literal('bigquery#table').exactOptional(),
  tableReference: z.strictObject({
    projectId: projectName.exactOptional(),
    datasetId: datasetName.exactOptional(),
    tableId: tableName,
  }),
  type: z.enum(['TABLE', 'VIEW']).exactOptional(),
  schema: z.strictObject({ fields: z.array(newColumn) }).exactOptional(),
  view: z.strictObject({ query: z.string(), useLegacySql: z.literal(false) }).exactOptional(),
  description: z.string().nullable().exactOptional(),
  friendlyName: z.string().nullable().exactOptional(),
  labels: labels.exactOptional(),
  expirationTime: integer.nullable().exactOptional(),
  requirePartitionFilter: z.boolean().exactOptional(),
  timePartitioning: timePartitioning.nullable().exactOptional(),
  rangePartitioning: rangePartitioning.nullable().exactOptional(),
  clustering: clustering.nullable().exactOptional(),
})
type NewTable = z.infer<typeof newTable>

/** Makes an empty table or a view: here it is the CREATE statement that does it. */
export const insertTable = defineMethod({
  id: 'bigquery.tables.insert',
  verb: 'POST',
  path: 'projects/{project}/datasets/{dataset}/tables',
  query: queryString({}),
  body: newTable,
  run: async ({ path, body, request, desk }) => {
    const { projectId = path.project, datasetId = path.dataset, tableId: table } = body.tableReference
    if (projectId !== path.project || datasetId !== path.dataset) {
      throw new Failure('request_invalid', { detail: 'The table is of another dataset than the path.' })
    }
    const made = { ...path, table }
    const text = createText(quotedName(path.project, path.dataset, table), body)
    const done = await runStatement({ text, project: path.project, request, desk })
    if (done.state !== 'done') return done
    const described = await describeTable({ ...request, ...made }, desk.ports)
    if (described.state !== 'visible') return described
    return { state: 'answered', body: tableResource(described, desk), decisionId: done.decisionId }
  },
})

function createText(name: string, asked: NewTable): string {
  const { schema, view, description, friendlyName, labels, expirationTime } = asked
  const said = { description: description ?? undefined, friendly_name: friendlyName ?? undefined, labels }
  const expires = { expiration_timestamp: expirationTime ? new Date(expirationTime) : undefined }
  if (view !== undefined) return `CREATE VIEW ${name}${optionsClause({ ...said, ...expires })} AS ${view.query}`
  if (schema === undefined || schema.fields.length === 0) {
    throw new Failure('request_invalid', { detail: 'A new table needs a schema, and a new view its query.' })
  }
  const { clauses, options } = partitionText(schema.fields, asked)
  const all = optionsClause({ ...said, ...expires, ...options })
  return `CREATE TABLE ${name} (${schema.fields.map(columnText).join(', ')})${clauses}${all}`
}
