import type { JsonObject } from '@bufbuild/protobuf'
import { type ColumnType, type ScalarType, scalarTypes } from '../model/column-type.ts'

// The analyzer's names are BigQuery's but for one: FLOAT64 is DOUBLE there.
const kindOf = (name: ScalarType): string => `TYPE_${name === 'FLOAT64' ? 'DOUBLE' : name}`
const scalarByKind = new Map(scalarTypes.map(name => [kindOf(name), name]))

/** A type as the analyzer's TypeProto, in protobuf's JSON form. */
export function typeProto(type: ColumnType): JsonObject {
  switch (type.kind) {
    case 'scalar':
      return { typeKind: kindOf(type.name) }
    case 'array':
      return { typeKind: 'TYPE_ARRAY', arrayType: { elementType: typeProto(type.element) } }
    case 'range':
      return { typeKind: 'TYPE_RANGE', rangeType: { elementType: typeProto(type.element) } }
    case 'struct': {
      const field = type.fields.map(({ name, type }) => ({ fieldName: name, fieldType: typeProto(type) }))
      return { typeKind: 'TYPE_STRUCT', structType: { field } }
    }
  }
}

/** A TypeProto message as the analyzer sent it. */
export type TypeMessage = {
  readonly typeKind: number
  readonly arrayType?: { readonly elementType: TypeMessage }
  readonly rangeType?: { readonly elementType: TypeMessage }
  readonly structType?: { readonly field: readonly { readonly fieldName: string; readonly fieldType: TypeMessage }[] }
}

/** The type, or undefined where BigQuery has none like it. `kinds` are the names of TypeKind by number. */
export function columnType(message: TypeMessage, kinds: ReadonlyMap<number, string>): ColumnType | undefined {
  const inner = message.arrayType ?? message.rangeType
  if (inner !== undefined) {
    const element = columnType(inner.elementType, kinds)
    const kind = message.arrayType === undefined ? 'range' : 'array'
    return element === undefined ? undefined : { kind, element }
  }
  if (message.structType !== undefined) {
    const fields = message.structType.field.flatMap(({ fieldName, fieldType }) => {
      const type = columnType(fieldType, kinds)
      return type === undefined ? [] : [{ name: fieldName, type }]
    })
    return fields.length === message.structType.field.length ? { kind: 'struct', fields } : undefined
  }
  const name = scalarByKind.get(kinds.get(message.typeKind) ?? '')
  return name === undefined ? undefined : { kind: 'scalar', name }
}
