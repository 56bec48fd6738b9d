import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CatalogColumn, CatalogTable, FieldNote, RelationKind, TableStorage } from '../model/catalog.ts'
import type { ScalarType } from '../model/column-type.ts'
import { tableId } from '../model/table-ref.ts'
import { type Classifications, classify } from './classifications.ts'
import { columnTypeOf, hasKnownType, type WireField, wireField } from './field-type.ts'
import { givenFields } from './given-fields.ts'

const optionalText = z
  .string()
  .nullish()
  .transform(text => text ?? undefined)

const count = z.coerce.number()
const timePartitioning = z.object({ field: optionalText, type: optionalText, expirationMs: count.nullish() }).nullish()
const rangePartitioning = z
  .object({ field: z.string(), range: z.object({ start: count, end: count, interval: count }) })
  .nullish()

/** A table as `tables.get` gives it. */
export const tableResource = z.object({
  tableReference: z.object({ projectId: z.string(), datasetId: z.string(), tableId: z.string() }),
  type: z.string().default('TABLE'),
  etag: optionalText,
  schema: z.object({ fields: z.array(wireField).default([]) }).nullish(),
  view: z.object({ query: z.string(), useLegacySql: z.boolean().default(false) }).nullish(),
  materializedView: z.object({ query: z.string() }).nullish(),
  numBytes: optionalText,
  numRows: optionalText,
  numLongTermBytes: count.nullish(),
  location: optionalText,
  labels: z.record(z.string(), z.string()).nullish(),
  description: optionalText,
  timePartitioning,
  rangePartitioning,
  clustering: z.object({ fields: z.array(z.string()) }).nullish(),
  creationTime: count.nullish(),
  lastModifiedTime: count.nullish(),
  expirationTime: count.nullish(),
})

const kinds: Readonly<Record<string, RelationKind>> = {
  TABLE: 'table',
  VIEW: 'view',
  MATERIALIZED_VIEW: 'materialized_view',
  EXTERNAL: 'external',
  SNAPSHOT: 'snapshot',
  CLONE: 'clone',
}

/** Undefined for a relation that cannot be governed: an unknown kind or type, or a view in legacy SQL. */
export function catalogTableOf(
  resource: z.infer<typeof tableResource>,
  classifications: Classifications,
): CatalogTable | undefined {
  const { projectId: project, datasetId: dataset, tableId: table } = resource.tableReference
  const ref = { project, dataset, table }
  const kind = kinds[resource.type]
  const fields = resource.schema?.fields ?? []
  if (kind === undefined || resource.view?.useLegacySql === true || !fields.every(hasKnownType)) return undefined
  const viewQuery = resource.view?.query ?? resource.materializedView?.query
  const shape = {
    ref,
    kind,
    columns: classify(tableId(ref), fields.map(catalogColumnOf), classifications),
    labels: resource.labels ?? {},
    pseudoColumns: pseudoColumnsOf(kind, resource.timePartitioning),
    ...(viewQuery === undefined ? {} : { viewQuery }),
    ...(resource.description === undefined ? {} : { description: resource.description }),
  }
  return {
    ...shape,
    etag: etagOf(shape),
    storage: storageOf(resource),
    ...(resource.numBytes === undefined ? {} : { sizeBytes: Number(resource.numBytes) }),
    ...(resource.numRows === undefined ? {} : { rowCount: Number(resource.numRows) }),
  }
}

function storageOf(resource: z.infer<typeof tableResource>): TableStorage {
  const { location, creationTime, lastModifiedTime, expirationTime, numLongTermBytes: longTermBytes } = resource
  const { timePartitioning, rangePartitioning, clustering } = resource
  return {
    ...givenFields({ location, createdAtMs: creationTime, changedAtMs: lastModifiedTime, expiresAtMs: expirationTime }),
    ...givenFields({ timePartitioning: timePartitioning && givenFields(timePartitioning), rangePartitioning }),
    ...givenFields({ clustering: clustering?.fields, longTermBytes }),
  }
}

function catalogColumnOf(field: WireField): CatalogColumn {
  const { name, description } = field
  const fields = fieldNotes(field, name)
  return {
    ...{ name, type: columnTypeOf(field), tags: policyTags(field, name) },
    ...(description === undefined ? {} : { description }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  }
}

/** The description of the column itself is its own. */
function fieldNotes({ mode, description, fields }: WireField, path: string, depth = 0): Record<string, FieldNote> {
  const note: FieldNote = {
    ...(mode === 'REQUIRED' ? { isRequired: true } : {}),
    ...(description === undefined || depth === 0 ? {} : { description }),
  }
  const inner = (fields ?? []).map(field => fieldNotes(field, `${path}.${field.name}`, depth + 1))
  return Object.assign(Object.keys(note).length === 0 ? {} : { [path]: note }, ...inner)
}

function policyTags(field: WireField, path: string): Record<string, readonly string[]> {
  const own = field.policyTags?.names ?? []
  const inner = (field.fields ?? []).map(child => policyTags(child, `${path}.${child.name}`))
  return Object.assign(own.length === 0 ? {} : { [path]: own }, ...inner)
}

/** The server's own etag also moves when rows do; this one moves when what queries are understood by does. */
function etagOf(shape: Omit<CatalogTable, 'etag'>): string {
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32)
}

const pseudoColumn = (name: string, type: ScalarType): CatalogColumn => ({
  name,
  type: { kind: 'scalar', name: type },
  tags: {},
})

/** Tables partitioned by ingestion time, and files, have columns that no schema lists. */
function pseudoColumnsOf(kind: RelationKind, partitioning: z.infer<typeof timePartitioning>): readonly CatalogColumn[] {
  if (kind === 'external') return [pseudoColumn('_FILE_NAME', 'STRING')]
  if (!partitioning || partitioning.field !== undefined) return []
  const time = pseudoColumn('_PARTITIONTIME', 'TIMESTAMP')
  const isDaily = partitioning.type === 'DAY' || partitioning.type === undefined
  return isDaily ? [time, pseudoColumn('_PARTITIONDATE', 'DATE')] : [time]
}
