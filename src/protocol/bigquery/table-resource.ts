import type { TableDescription } from '../../gateway/describe-table.ts'
import type { CatalogTable, RelationKind } from '../../model/catalog.ts'
import { wireField } from './wire-schema.ts'

const types: Readonly<Record<RelationKind, string>> = {
  table: 'TABLE',
  view: 'VIEW',
  materialized_view: 'MATERIALIZED_VIEW',
  external: 'EXTERNAL',
  snapshot: 'SNAPSHOT',
  clone: 'CLONE',
}

/** A table as lists show it. */
export function listedTable({ ref, kind, labels }: CatalogTable) {
  const { project, dataset, table } = ref
  return {
    kind: 'bigquery#table',
    id: `${project}:${dataset}.${table}`,
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    type: types[kind],
    labels,
  }
}

/** A table on its own. Its size is left out where a filter holds rows back, and the text of a view always. */
export function tableResource({ table, filters, masks }: TableDescription) {
  const { description, columns, rowCount, sizeBytes, etag } = table
  const isWhole = filters.length === 0
  const masked = new Map(masks.map(({ column, mask }) => [column, mask]))
  const fields = columns.map(column => {
    const mask = masked.get(column.name)
    const said = [column.description, mask === undefined ? undefined : `Masked for you (${mask}).`]
    const text = said.filter(part => part !== undefined).join(' ')
    return wireField({ name: column.name, type: column.type, ...(text === '' ? {} : { description: text }) })
  })
  return {
    ...{ ...listedTable(table), etag, schema: { fields } },
    ...(description === undefined ? {} : { description }),
    ...(isWhole && rowCount !== undefined ? { numRows: String(rowCount) } : {}),
    ...(isWhole && sizeBytes !== undefined ? { numBytes: String(sizeBytes) } : {}),
  }
}
