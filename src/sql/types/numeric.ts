import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import { scalar } from './type-makers.ts'
import { isNull, type Typed } from './typed.ts'

/** Each number type fits into those behind it. */
const widths: readonly ScalarType[] = ['INT64', 'NUMERIC', 'BIGNUMERIC', 'FLOAT64']

export function isNumeric(type: ColumnType | undefined): boolean {
  return width(type) >= 0
}

/** The number type that several numbers become; undefined where one of them is none. NULL fits all; alone it is an INT64. */
export function numericSupertype(values: readonly Typed[]): ColumnType | undefined {
  const numbers = values.filter(value => !isNull(value))
  if (numbers.some(value => !isNumeric(value.type))) return undefined
  const widest = Math.max(0, ...numbers.filter(value => value.literal !== 'float').map(value => width(value.type)))
  const hasFloatLiteral = numbers.some(value => value.literal === 'float')
  // A literal such as 1.5 becomes a NUMERIC where a NUMERIC stands beside it; beside an INT64 it stays a FLOAT64.
  const name = hasFloatLiteral && widest === 0 ? 'FLOAT64' : widths[widest]
  return name === undefined ? undefined : scalar(name)
}

function width(type: ColumnType | undefined): number {
  return type?.kind === 'scalar' ? widths.indexOf(type.name) : -1
}
