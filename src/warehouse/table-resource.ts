import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CatalogColumn, CatalogTable, RelationKind } from '../model/catalog.ts'
import { tableId } from '../model/table-ref.ts'
import type { Classifications } from './classifications.ts'
import { columnTypeOf, type WireField, wireField } from './field-type.ts'

const optionalText = z
  .string()
  .nullish()
  .transform(text => text ?? undefined)

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
  labels: z.record(z.string(), z.string()).nullish(),
  description: optionalText,
  timePartitioning: z.object({ field: optionalText, type: optionalText }).nullish(),
})

const kinds: Readonly<Record<string, RelationKind>> = {
  TABLE: 'table',
  VIEW: 'view',
  MATERIALIZED_VIEW: 'materialized_view',
  EXTERNAL: 'external',
  SNAPSHOT: 'snapshot',
  CLONE: 'clone',
}

/** Undefined for a relation that cannot be governed: an unknown kind, or a view in legacy SQL. */
export function catalogTableOf(
  resource: z.infer<typeof tableResource>,
  classifications: Classifications,
): CatalogTable | undefined {
  const { projectId: project, datasetId: dataset, tableId: table } = resource.tableReference
  const ref = { project, dataset, table }
  const kind = kinds[resource.type]
  if (kind === undefined || resource.view?.useLegacySql === true) return undefined
  const fields = resource.schema?.fields ?? []
  const given = classifications.get(tableId(ref)) ?? {}
  const viewQuery = resource.view?.query ?? resource.materializedView?.query
  return {
    ref,
    kind,
    columns: fields.map(field => catalogColumnOf(field, given)),
    etag: etagOf(resource),
    labels: resource.labels ?? {},
    pseudoColumns: pseudoColumnsOf(resource),
    ...(viewQuery === undefined ? {} : { viewQuery }),
    ...(resource.numBytes === undefined ? {} : { sizeBytes: Number(resource.numBytes) }),
    ...(resource.numRows === undefined ? {} : { rowCount: Number(resource.numRows) }),
    ...(resource.description === undefined ? {} : { description: resource.description }),
  }
}

function catalogColumnOf(field: WireField, given: Readonly<Record<string, readonly string[]>>): CatalogColumn {
  const tags = { ...policyTags(field, field.name) }
  for (const [path, extra] of Object.entries(given)) {
    if (path === field.name || path.startsWith(`${field.name}.`)) tags[path] = [...(tags[path] ?? []), ...extra]
  }
  const column = { name: field.name, type: columnTypeOf(field), tags }
  return field.description === undefined ? column : { ...column, description: field.description }
}

function policyTags(field: WireField, path: string): Record<string, readonly string[]> {
  const own = field.policyTags?.names ?? []
  const inner = (field.fields ?? []).map(child => policyTags(child, `${path}.${child.name}`))
  return Object.assign(own.length === 0 ? {} : { [path]: own }, ...inner)
}

/** The server's etag also moves when rows do; ours must move when the shape or the view does. */
function etagOf({ schema, view, materializedView, type, labels }: z.infer<typeof tableResource>): string {
  const shape = JSON.stringify([type, schema, view, materializedView, labels])
  return createHash('sha256').update(shape).digest('hex').slice(0, 32)
}

/** Tables partitioned by ingestion time have two columns that no schema lists. */
function pseudoColumnsOf({ timePartitioning }: z.infer<typeof tableResource>): readonly CatalogColumn[] {
  if (!timePartitioning || timePartitioning.field !== undefined) return []
  const time = { name: '_PARTITIONTIME', type: { kind: 'scalar', name: 'TIMESTAMP' }, tags: {} } as const
  const date = { name: '_PARTITIONDATE', type: { kind: 'scalar', name: 'DATE' }, tags: {} } as const
  return timePartitioning.type === 'DAY' || timePartitioning.type === undefined ? [time, date] : [time]
}
