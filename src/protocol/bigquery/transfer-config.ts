import { z } from 'zod'
import type { Transfer } from '../../model/transfer.ts'
import { newColumn } from './column-text.ts'
import { destinationOf, refOf, shaping, tableReference, writing } from './destination-config.ts'
import { integer, labels } from './names.ts'
import { spared } from './spared.ts'

/** Objects of a bucket by name or pattern. What some file system might take for a way up is no name. */
const uri = z
  .string()
  .max(2_048)
  .regex(/^gs:\/\/[a-z0-9][a-z0-9._-]{1,221}\/[^\p{C}?#\\]+$/u, { error: 'is not gs://bucket/object' })
  .refine(text => !text.split('/').includes('..'), { error: 'has a .. in it' })
const uris = z.array(uri).min(1).max(10_000)
const shortText = z.string().max(64)
const nothing = z.array(z.never()).exactOptional()
const parquetOptions = z.strictObject({
  enumAsString: z.boolean().exactOptional(),
  enableListInference: z.boolean().exactOptional(),
})
const tableProperties = z.strictObject({
  description: z.string().exactOptional(),
  friendlyName: z.string().exactOptional(),
  labels: labels.exactOptional(),
})

/** How the bytes of files are read. */
const reading = {
  sourceFormat: z.enum(['CSV', 'NEWLINE_DELIMITED_JSON', 'AVRO', 'PARQUET', 'ORC']).exactOptional(),
  schema: z.strictObject({ fields: z.array(newColumn).max(10_000) }).exactOptional(),
  autodetect: z.boolean().exactOptional(),
  nullMarker: shortText.exactOptional(),
  nullMarkers: z.array(shortText).exactOptional(),
  fieldDelimiter: shortText.exactOptional(),
  skipLeadingRows: integer.exactOptional(),
  encoding: shortText.exactOptional(),
  quote: shortText.exactOptional(),
  maxBadRecords: integer.exactOptional(),
  allowQuotedNewlines: z.boolean().exactOptional(),
  allowJaggedRows: z.boolean().exactOptional(),
  ignoreUnknownValues: z.boolean().exactOptional(),
  preserveAsciiControlCharacters: z.boolean().exactOptional(),
  useAvroLogicalTypes: z.boolean().exactOptional(),
  decimalTargetTypes: z.array(z.enum(['NUMERIC', 'BIGNUMERIC', 'STRING'])).exactOptional(),
  parquetOptions: parquetOptions.exactOptional(),
  jsonExtension: z.enum(['GEOJSON']).exactOptional(),
  columnNameCharacterMap: z.enum(['STRICT', 'V1', 'V2']).exactOptional(),
  timeZone: shortText.exactOptional(),
  dateFormat: shortText.exactOptional(),
  datetimeFormat: shortText.exactOptional(),
  timeFormat: shortText.exactOptional(),
  timestampFormat: shortText.exactOptional(),
}

export const loadConfiguration = z.strictObject({
  ...{ ...reading, ...writing, ...shaping },
  destinationTable: tableReference,
  destinationTableProperties: tableProperties.exactOptional(),
  sourceUris: uris.exactOptional(),
  connectionProperties: nothing,
  projectionFields: nothing,
  createSession: z.literal(false).exactOptional(),
})

export const copyConfiguration = z.strictObject({
  ...writing,
  sourceTable: tableReference.exactOptional(),
  sourceTables: z.array(tableReference).min(1).max(1_200).exactOptional(),
  destinationTable: tableReference,
  operationType: z.enum(['COPY', 'SNAPSHOT', 'CLONE', 'RESTORE']).exactOptional(),
})

export const extractConfiguration = z.strictObject({
  sourceTable: tableReference,
  destinationUri: uri.exactOptional(),
  destinationUris: uris.exactOptional(),
  destinationFormat: z.enum(['CSV', 'NEWLINE_DELIMITED_JSON', 'PARQUET', 'AVRO']).exactOptional(),
  compression: z.enum(['NONE', 'GZIP', 'SNAPPY', 'DEFLATE', 'ZSTD']).exactOptional(),
  fieldDelimiter: shortText.exactOptional(),
  printHeader: z.boolean().exactOptional(),
  useAvroLogicalTypes: z.boolean().exactOptional(),
})

export function loadOf(config: z.infer<typeof loadConfiguration>, project: string): Transfer {
  const { destinationTable, sourceUris = [], createDisposition, writeDisposition, ...rest } = config
  const { connectionProperties: _, createSession: __, projectionFields: ___, ...fields } = rest
  const { timePartitioning, rangePartitioning, clustering, schemaUpdateOptions, ...options } = fields
  const shape = spared({ timePartitioning, rangePartitioning, clustering, schemaUpdateOptions })
  const dispositions = spared({ createDisposition, writeDisposition })
  const destination = destinationOf(refOf(destinationTable, project), dispositions, 'WRITE_APPEND', shape)
  return { kind: 'load', sources: [], uris: sourceUris, destination, options }
}

export function copyOf(config: z.infer<typeof copyConfiguration>, project: string): Transfer {
  const { sourceTable, sourceTables = [], destinationTable, operationType } = config
  const all = [...(sourceTable === undefined ? [] : [sourceTable]), ...sourceTables]
  const destination = destinationOf(refOf(destinationTable, project), config, 'WRITE_EMPTY')
  const options = spared({ operationType })
  return { kind: 'copy', sources: all.map(source => refOf(source, project)), uris: [], destination, options }
}

export function extractOf(config: z.infer<typeof extractConfiguration>, project: string): Transfer {
  const { sourceTable, destinationUri, destinationUris = [], ...options } = config
  const all = [...(destinationUri === undefined ? [] : [destinationUri]), ...destinationUris]
  return { kind: 'extract', sources: [refOf(sourceTable, project)], uris: all, options }
}
