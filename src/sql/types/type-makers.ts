import { type ColumnType, type ScalarType, typeText } from '../../model/column-type.ts'

export function scalar(name: ScalarType): ColumnType {
  return { kind: 'scalar', name }
}

export function arrayOf(element: ColumnType): ColumnType {
  return { kind: 'array', element }
}

export function rangeOf(element: ColumnType): ColumnType {
  return { kind: 'range', element }
}

/** A struct of fields in the order in which they are written. */
export function structOf(fields: Readonly<Record<string, ColumnType>>): ColumnType {
  return { kind: 'struct', fields: Object.entries(fields).map(([name, type]) => ({ name, type })) }
}

export function isScalar(type: ColumnType | undefined, name: ScalarType): boolean {
  return type?.kind === 'scalar' && type.name === name
}

export function isSameType(left: ColumnType, right: ColumnType): boolean {
  return left === right || typeText(left) === typeText(right)
}
