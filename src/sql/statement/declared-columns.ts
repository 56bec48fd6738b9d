import type { ColumnSchema, TableElement } from '../../googlesql/ast/table-definition.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { writtenType } from '../resolve/literal-types.ts'

export type DeclaredColumn = { readonly name: string; readonly type: ColumnType | undefined }

/** The columns that a definition writes out; no type where it is computed, or one that BigQuery does not have. */
export function declaredColumns(elements: readonly TableElement[]): readonly DeclaredColumn[] {
  return elements.flatMap(element =>
    element.kind === 'ColumnDefinition' ? [{ name: element.name.text, type: declaredType(element.schema) }] : [],
  )
}

function declaredType({ type }: ColumnSchema): ColumnType | undefined {
  switch (type?.kind) {
    case 'NamedType':
      return writtenType(type)
    case 'ArrayColumn':
    case 'RangeColumn': {
      const element = declaredType(type.element)
      return element && { kind: type.kind === 'ArrayColumn' ? 'array' : 'range', element }
    }
    case 'StructColumn': {
      const fields = type.fields.flatMap(({ name, schema }) => {
        const inner = declaredType(schema)
        return inner === undefined ? [] : [{ name: name?.text ?? '', type: inner }]
      })
      return fields.length === type.fields.length ? { kind: 'struct', fields } : undefined
    }
    case undefined:
      return undefined
  }
}
