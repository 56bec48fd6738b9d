import { z } from 'zod'
import type { Destination } from '../../model/transfer.ts'
import { columnName, datasetName, integer, projectName, tableName } from './names.ts'

/** A table of another project than the job's is named with its project. */
export const tableReference = z.strictObject({
  projectId: projectName.exactOptional(),
  datasetId: datasetName,
  tableId: tableName,
})
export type TableReference = z.infer<typeof tableReference>

export function refOf({ projectId, datasetId, tableId }: TableReference, project: string): Destination['table'] {
  return { project: projectId ?? project, dataset: datasetId, table: tableId }
}

const digits = integer.transform(String)

export const timePartitioning = z.strictObject({
  type: z.enum(['DAY', 'HOUR', 'MONTH', 'YEAR']),
  field: columnName.exactOptional(),
  expirationMs: digits.nullable().exactOptional(),
  requirePartitionFilter: z.boolean().exactOptional(),
})
export const rangePartitioning = z.strictObject({
  field: columnName,
  range: z.strictObject({ start: digits, end: digits, interval: digits }),
})
export const clustering = z.strictObject({ fields: z.array(columnName).min(1).max(4) })

/** How every kind of job says where it writes. */
export const writing = {
  createDisposition: z.enum(['CREATE_IF_NEEDED', 'CREATE_NEVER']).exactOptional(),
  writeDisposition: z.enum(['WRITE_EMPTY', 'WRITE_TRUNCATE', 'WRITE_APPEND']).exactOptional(),
}

/** The same, with what a table that is made of rows is like. */
export const shaping = {
  timePartitioning: timePartitioning.exactOptional(),
  rangePartitioning: rangePartitioning.exactOptional(),
  clustering: clustering.exactOptional(),
  schemaUpdateOptions: z.array(z.enum(['ALLOW_FIELD_ADDITION', 'ALLOW_FIELD_RELAXATION'])).exactOptional(),
}

const modes = { WRITE_EMPTY: 'empty', WRITE_TRUNCATE: 'truncate', WRITE_APPEND: 'append' } as const
type Writing = { readonly [K in keyof typeof writing]?: z.infer<(typeof writing)[K]> }

/** Where rows go. What a client leaves out is what BigQuery has for that kind of job. */
export function destinationOf(
  table: Destination['table'],
  { createDisposition, writeDisposition }: Writing,
  defaultWrite: keyof typeof modes,
  options: Destination['options'] = {},
): Destination {
  const create = createDisposition === 'CREATE_NEVER' ? 'never' : 'if_needed'
  return { table, write: modes[writeDisposition ?? defaultWrite], create, options }
}
