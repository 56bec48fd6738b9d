import { z } from 'zod'
import type { TableReading } from '../../gateway/table-query.ts'
import { Failure } from '../../model/failure.ts'
import type { TableRef } from '../../model/table-ref.ts'
import { datasetName, projectName, tableName } from '../bigquery/names.ts'
import { formatNames } from './row-format.ts'

const parent = z
  .string()
  .regex(/^projects\/[^/]+$/, { error: 'has the form projects/PROJECT' })
  .transform(text => text.slice('projects/'.length))
  .pipe(projectName)

const tablePath = z.string().transform((text, context): TableRef => {
  const [, project, dataset, table] = /^projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)$/.exec(text) ?? []
  const named = z.strictObject({ project: projectName, dataset: datasetName, table: tableName })
  const result = named.safeParse({ project, dataset, table })
  if (result.success) return result.data
  context.addIssue({ code: 'custom', message: 'has the form projects/PROJECT/datasets/DATASET/tables/TABLE' })
  return z.NEVER
})

const columnName = z
  .string()
  .regex(/^[^`\\.\p{C}]+$/u, { error: 'names a column of the table; fields inside one are selected by a query' })

/** Buffers are sent as they are, which each message says of itself, so that a client may ask for any compression. */
const arrowOptions = z.strictObject({
  bufferCompression: z.string().exactOptional(),
  picosTimestampPrecision: z.literal('MICROS', { error: 'can be MICROS only' }).exactOptional(),
})

const avroOptions = z.strictObject({
  enableDisplayNameAttribute: z.literal(false).exactOptional(),
  picosTimestampPrecision: arrowOptions.shape.picosTimestampPrecision,
})

const readOptions = z.strictObject({
  selectedFields: z.array(columnName).max(10_000).exactOptional(),
  rowRestriction: z.string().exactOptional(),
  samplePercentage: z.number().gt(0).lte(100).exactOptional(),
  arrowSerializationOptions: arrowOptions.exactOptional(),
  avroSerializationOptions: avroOptions.exactOptional(),
  responseCompressionCodec: z.string().exactOptional(),
})

export const createReadSessionRequest = z.strictObject({
  parent,
  readSession: z.strictObject({
    table: tablePath,
    dataFormat: z.enum(formatNames, { error: 'must be ARROW or AVRO: set data_format in the read session' }),
    tableModifiers: z.strictObject({ snapshotTime: z.string().exactOptional() }).exactOptional(),
    readOptions: readOptions.exactOptional(),
    traceId: z.string().exactOptional(),
  }),
  maxStreamCount: z.int().min(0).exactOptional(),
  preferredMinStreamCount: z.int().min(0).exactOptional(),
})
export type ReadSessionRequest = z.infer<typeof createReadSessionRequest>['readSession']

/** What a read session asks for of a table. */
export function readingOf({ table, tableModifiers, readOptions }: ReadSessionRequest): TableReading {
  const { selectedFields, rowRestriction, samplePercentage } = readOptions ?? {}
  const asOf = tableModifiers?.snapshotTime
  return {
    table,
    ...(selectedFields === undefined ? {} : { columns: [...new Set(selectedFields)] }),
    ...(rowRestriction === undefined ? {} : { condition: rowRestriction }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(samplePercentage === undefined ? {} : { samplePercent: samplePercentage }),
  }
}

/** A result is read as it is: the query that made it is where its rows are chosen. */
export function columnsOfResult(session: ReadSessionRequest): readonly string[] {
  const { columns = [], condition, asOf, samplePercent } = readingOf(session)
  if (condition === undefined && asOf === undefined && samplePercent === undefined) return columns
  throw new Failure('request_invalid', {
    detail: 'The result of a query has no row restriction, sample or time of its own. Put them into the query.',
  })
}
