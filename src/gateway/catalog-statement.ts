import type { CatalogTable } from '../model/catalog.ts'
import type { ColumnType } from '../model/column-type.ts'
import type { Access, ColumnAccess, StatementFacts } from '../model/statement.ts'
import { tableId } from '../model/table-ref.ts'

/** A look at one relation without SQL, as the policy sees it. With `read`, as if every column were selected. */
export function catalogStatement(table: CatalogTable, access: Access, text: string): StatementFacts {
  const columns =
    access === 'read' ? table.columns.flatMap(column => leaves(column.name, column.type, column.tags)) : []
  return {
    text,
    fingerprint: '',
    kind: access === 'read' ? 'SELECT' : 'METADATA',
    class: access === 'read' ? 'read' : 'metadata',
    tables: [
      {
        ...{ id: tableId(table.ref), ref: table.ref, kind: table.kind, access: [access], via: [], columns },
        ...{ etag: table.etag, labels: table.labels },
        ...(table.sizeBytes === undefined ? {} : { sizeBytes: table.sizeBytes }),
      },
    ],
    functions: [],
    features: [],
    outputs: [],
  }
}

/** Every leaf of a column; paths go through arrays. */
function leaves(path: string, type: ColumnType, tags: Readonly<Record<string, readonly string[]>>): ColumnAccess[] {
  switch (type.kind) {
    case 'array':
      return leaves(path, type.element, tags)
    case 'struct':
      return type.fields.flatMap(field => leaves(`${path}.${field.name}`, field.type, tags))
    case 'scalar':
    case 'range':
      return [{ name: path, type, tags: tags[path] ?? [], uses: ['select'] }]
  }
}
