import type { ColumnType, ScalarType, StructField } from '../../model/column-type.ts'
import { numericSupertype } from './numeric.ts'
import { arrayOf, isSameType, isScalar, scalar } from './type-makers.ts'
import { isLiteral, isNull, type Typed } from './typed.ts'

/** What a string literal may become beside a value of the type. */
const fromStringLiteral: readonly ScalarType[] = ['DATE', 'DATETIME', 'TIME', 'TIMESTAMP', 'BYTES']
const fromStringParameter: readonly ScalarType[] = ['DATE', 'DATETIME', 'TIME', 'TIMESTAMP']

/**
 * The one type that several values take in COALESCE, IF, CASE, an array or a set operation. undefined: it cannot be told,
 * or there is none. Nothing but NULL is an INT64, as it is in BigQuery.
 */
export function supertype(values: readonly Typed[]): ColumnType | undefined {
  const told = values.filter(value => !isNull(value))
  const [first] = told
  if (first === undefined) return values.length === 0 ? undefined : scalar('INT64')
  if (told.some(value => value.type === undefined)) return undefined
  switch (first.type?.kind) {
    case 'array':
      return arraySupertype(told)
    case 'struct':
      return structSupertype(told)
    default:
      return numericSupertype(told) ?? otherSupertype(told)
  }
}

/** Values that are no numbers: those that are not literals decide, and string literals follow. */
function otherSupertype(values: readonly Typed[]): ColumnType | undefined {
  const fixed = values.filter(value => !isLiteral(value) && value.literal !== 'parameter')
  const deciding = fixed.length > 0 ? fixed : values.filter(value => !isFlexibleString(value))
  const type = onlyType(deciding.length > 0 ? deciding : values)
  return type !== undefined && values.every(value => becomes(value, type)) ? type : undefined
}

/** The type of all; a DATE beside a DATETIME becomes one. */
function onlyType(values: readonly Typed[]): ColumnType | undefined {
  const [first, ...others] = values.flatMap(value => (value.type === undefined ? [] : [value.type]))
  if (first === undefined || others.every(type => isSameType(type, first))) return first
  const isCivil = [first, ...others].every(type => isScalar(type, 'DATE') || isScalar(type, 'DATETIME'))
  return isCivil ? scalar('DATETIME') : undefined
}

/** A string that may become a point in time. */
export function isFlexibleString({ type, literal }: Typed): boolean {
  return literal === 'string' || (literal === 'parameter' && isScalar(type, 'STRING'))
}

function becomes(value: Typed, wanted: ColumnType): boolean {
  if (value.type === undefined || isSameType(value.type, wanted)) return true
  if (wanted.kind !== 'scalar') return false
  if (isScalar(value.type, 'DATE')) return wanted.name === 'DATETIME'
  if (!isFlexibleString(value)) return false
  return (value.literal === 'string' ? fromStringLiteral : fromStringParameter).includes(wanted.name)
}

/** An array that is not a literal keeps its type; literals and parameters beside it follow, element by element. */
function arraySupertype(values: readonly Typed[]): ColumnType | undefined {
  const fixed = values.find(value => !isLiteral(value) && value.literal !== 'parameter')
  if (fixed?.type?.kind === 'array') {
    const { type } = fixed
    const fits = values.every(value => arrayBecomes(value, type, type.element))
    return fits ? type : undefined
  }
  if (values.some(value => value.type?.kind !== 'array')) return undefined
  const elements = values.flatMap(elementsOf)
  const element = supertype(elements.length === 0 ? [{ type: undefined, literal: 'null' }] : elements)
  return element && arrayOf(element)
}

function arrayBecomes(value: Typed, whole: ColumnType, element: ColumnType): boolean {
  if (value.type !== undefined && isSameType(value.type, whole)) return true
  if (value.type?.kind !== 'array' || (!isLiteral(value) && value.literal !== 'parameter')) return false
  const common = supertype([{ type: element }, ...elementsOf(value)])
  return common !== undefined && isSameType(common, element)
}

function elementsOf({ type, literal, elements }: Typed): readonly Typed[] {
  return elements ?? (type?.kind === 'array' ? [{ type: type.element, literal }] : [])
}

/** Field by field; the names are those of the first. */
function structSupertype(values: readonly Typed[]): ColumnType | undefined {
  const structs = values.flatMap(value => (value.type?.kind === 'struct' ? [{ type: value.type, value }] : []))
  const [first] = structs
  if (first === undefined || structs.length < values.length) return undefined
  if (structs.some(({ type }) => type.fields.length !== first.type.fields.length)) return undefined
  const fields: StructField[] = []
  for (const [index, { name }] of first.type.fields.entries()) {
    const type = supertype(structs.map(struct => fieldAt(struct.value, index)))
    if (type === undefined) return undefined
    fields.push({ name, type })
  }
  return { kind: 'struct', fields }
}

function fieldAt(struct: Typed, index: number): Typed {
  const written = struct.fields?.[index]
  if (written !== undefined) return written
  return { type: struct.type?.kind === 'struct' ? struct.type.fields[index]?.type : undefined }
}
