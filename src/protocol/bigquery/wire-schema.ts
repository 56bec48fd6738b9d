import type { ColumnType, ScalarType } from '../../model/column-type.ts'

/** A field of a schema, as the REST API writes it. */
export type WireField = {
  readonly name: string
  readonly type: string
  readonly mode: 'NULLABLE' | 'REQUIRED' | 'REPEATED'
  readonly description?: string
  readonly fields?: readonly WireField[]
  readonly rangeElementType?: { readonly type: string }
}

type Described = {
  readonly name: string
  readonly type: ColumnType
  readonly nullable?: boolean
  readonly description?: string
}

/** The REST API still says some types by their older names. */
const olderNames: Readonly<Partial<Record<ScalarType, string>>> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
}

export function wireField({ name, type, nullable = true, description }: Described): WireField {
  const element = type.kind === 'array' ? type.element : type
  const single = nullable ? 'NULLABLE' : 'REQUIRED'
  return {
    ...{ name, ...wireType(element), mode: type.kind === 'array' ? 'REPEATED' : single },
    ...(description === undefined ? {} : { description }),
  }
}

function wireType(type: ColumnType): Pick<WireField, 'type' | 'fields' | 'rangeElementType'> {
  switch (type.kind) {
    case 'scalar':
      return { type: olderNames[type.name] ?? type.name }
    case 'range':
      return { type: 'RANGE', rangeElementType: wireType(type.element) }
    case 'struct':
      return { type: 'RECORD', fields: type.fields.map(field => wireField(field)) }
    case 'array':
      // BigQuery has no arrays of arrays; a mask cannot make one.
      return wireType(type.element)
  }
}
