/** BigQuery's scalar types, under their GoogleSQL names. */
export const scalarTypes = [
  'BOOL',
  'INT64',
  'FLOAT64',
  'NUMERIC',
  'BIGNUMERIC',
  'STRING',
  'BYTES',
  'DATE',
  'DATETIME',
  'TIME',
  'TIMESTAMP',
  'INTERVAL',
  'GEOGRAPHY',
  'JSON',
] as const

export type ScalarType = (typeof scalarTypes)[number]

export type StructField = { readonly name: string; readonly type: ColumnType }

export type ColumnType =
  | { readonly kind: 'scalar'; readonly name: ScalarType }
  | { readonly kind: 'array'; readonly element: ColumnType }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'range'; readonly element: ColumnType }

/** The type as GoogleSQL writes it: `ARRAY<STRUCT<street STRING>>`. Anonymous fields have an empty name. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name
    case 'array':
      return `ARRAY<${typeText(type.element)}>`
    case 'range':
      return `RANGE<${typeText(type.element)}>`
    case 'struct':
      return `STRUCT<${type.fields.map(field => `${field.name} ${typeText(field.type)}`.trim()).join(', ')}>`
  }
}
