import type { TableDescription } from '../../gateway/describe-table.ts'
import type { CatalogColumn, CatalogTable, RelationKind, TableStorage } from '../../model/catalog.ts'
import { countText } from './count-text.ts'
import type { BigQueryDesk } from './desk.ts'
import { maskedNote } from './masked-note.ts'
import { selfLink } from './self-link.ts'
import { spared } from './spared.ts'
import { type WireField, wireField } from './wire-schema.ts'

const types: Readonly<Record<RelationKind, string>> = {
  table: 'TABLE',
  view: 'VIEW',
  materialized_view: 'MATERIALIZED_VIEW',
  external: 'EXTERNAL',
  snapshot: 'SNAPSHOT',
  clone: 'CLONE',
}

/** A table by its name alone. */
export function namedTable({ project, dataset, table }: CatalogTable['ref']) {
  return {
    kind: 'bigquery#table',
    id: `${project}:${dataset}.${table}`,
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
  }
}

/** A table as lists show it. */
export function listedTable({ ref, kind, labels, storage = {} }: CatalogTable) {
  return {
    ...namedTable(ref),
    type: types[kind],
    labels,
    ...storageShown(storage),
  }
}

/** How a table is kept, which says nothing of its rows. */
function storageShown({
  location,
  createdAtMs,
  expiresAtMs,
  timePartitioning,
  rangePartitioning,
  clustering,
}: TableStorage) {
  return spared({
    location,
    creationTime: countText(createdAtMs),
    expirationTime: countText(expiresAtMs),
    timePartitioning: timePartitioning && {
      ...timePartitioning,
      ...spared({ expirationMs: countText(timePartitioning.expirationMs) }),
    },
    rangePartitioning: rangePartitioning && {
      field: rangePartitioning.field,
      range: Object.fromEntries(Object.entries(rangePartitioning.range).map(([end, at]) => [end, String(at)])),
    },
    clustering: clustering && { fields: clustering },
  })
}

function withNotes(field: WireField, notes: NonNullable<CatalogColumn['fields']>, path: string): WireField {
  const { isRequired, ...said } = notes[path] ?? {}
  const inner = field.fields?.map(one => withNotes(one, notes, `${path}.${one.name}`))
  return { ...field, ...said, ...(isRequired ? { mode: 'REQUIRED' } : {}), ...(inner ? { fields: inner } : {}) }
}

/** A table on its own. Its size and last change are left out where a filter holds rows back, and the text of a view always. */
export function tableResource({ table, filters, masks }: TableDescription, desk: BigQueryDesk) {
  const { ref, description, columns, etag } = table
  const masked = new Map(masks.map(({ column, mask }) => [column, mask]))
  const fields = columns.map(column => {
    const mask = masked.get(column.name)
    const said = [column.description, mask === undefined ? undefined : maskedNote(mask)]
    const text = said.filter(part => part !== undefined).join(' ')
    const field = wireField({ name: column.name, type: column.type, ...(text === '' ? {} : { description: text }) })
    return withNotes(field, column.fields ?? {}, column.name)
  })
  return {
    ...{ ...listedTable(table), etag, schema: { fields } },
    selfLink: selfLink(`projects/${ref.project}/datasets/${ref.dataset}/tables/${ref.table}`, desk),
    ...spared({ description }),
    ...(filters.length === 0 ? contentShown(table) : {}),
  }
}

/** How much there is in a table, and since when. */
function contentShown({ rowCount, sizeBytes, storage = {} }: CatalogTable) {
  const { changedAtMs, longTermBytes } = storage
  const active = sizeBytes === undefined || longTermBytes === undefined ? undefined : sizeBytes - longTermBytes
  const [all, old] = [countText(sizeBytes), countText(longTermBytes)]
  return spared({
    ...{ lastModifiedTime: countText(changedAtMs), numRows: countText(rowCount), numBytes: all, numLongTermBytes: old },
    ...{ numTotalLogicalBytes: all, numActiveLogicalBytes: countText(active), numLongTermLogicalBytes: old },
  })
}
