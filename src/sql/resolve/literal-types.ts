import type { LiteralType } from '../../googlesql/ast/literal.ts'
import type { Type } from '../../googlesql/ast/type.ts'
import { type ColumnType, type ScalarType, scalarTypes } from '../../model/column-type.ts'
import { scalar } from '../types/type-makers.ts'

const otherNames: Readonly<Record<string, ScalarType>> = {
  INT: 'INT64',
  SMALLINT: 'INT64',
  INTEGER: 'INT64',
  BIGINT: 'INT64',
  TINYINT: 'INT64',
  BYTEINT: 'INT64',
  BOOLEAN: 'BOOL',
  DECIMAL: 'NUMERIC',
  BIGDECIMAL: 'BIGNUMERIC',
}

export function scalarNamed(name: string): ColumnType | undefined {
  const upper = name.toUpperCase()
  const known = otherNames[upper] ?? scalarTypes.find(type => type === upper)
  return known === undefined ? undefined : scalar(known)
}

export function literalType(type: LiteralType): ColumnType | undefined {
  return scalarNamed(type)
}

/** A type as the text writes it; undefined for one that BigQuery does not have. */
export function writtenType(type: Type): ColumnType | undefined {
  switch (type.kind) {
    case 'NamedType':
      return type.name.parts.length === 1 ? scalarNamed(type.name.parts[0].text) : undefined
    case 'ArrayType': {
      const element = writtenType(type.element)
      return element && { kind: 'array', element }
    }
    case 'RangeType': {
      const element = writtenType(type.element)
      return element && { kind: 'range', element }
    }
    case 'FunctionType':
    case 'MapType':
      return undefined
    case 'StructType': {
      const fields = type.fields.map(field => ({ name: field.name?.text ?? '', type: writtenType(field.type) }))
      if (fields.some(field => field.type === undefined)) return undefined
      return {
        kind: 'struct',
        fields: fields.flatMap(({ name, type: inner }) => (inner ? [{ name, type: inner }] : [])),
      }
    }
  }
}
