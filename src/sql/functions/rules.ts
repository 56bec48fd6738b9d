import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import { numericSupertype } from '../types/numeric.ts'
import { supertype } from '../types/supertype.ts'
import { arrayOf, isScalar, rangeOf, scalar } from '../types/type-makers.ts'
import { isNull } from '../types/typed.ts'
import type { Returns } from './known-function.ts'

export function always(type: ColumnType): Returns {
  return () => type
}

/** The type cannot be told from the types of the arguments. */
export const untold: Returns = () => undefined

export const bool = always(scalar('BOOL'))
export const int64 = always(scalar('INT64'))
export const float64 = always(scalar('FLOAT64'))
export const string = always(scalar('STRING'))
export const bytes = always(scalar('BYTES'))
export const json = always(scalar('JSON'))
export const date = always(scalar('DATE'))
export const datetime = always(scalar('DATETIME'))
export const time = always(scalar('TIME'))
export const timestamp = always(scalar('TIMESTAMP'))
export const interval = always(scalar('INTERVAL'))
export const geography = always(scalar('GEOGRAPHY'))

/** An array of what the rule says. */
export function arrayOfResult(rule: Returns): Returns {
  return args => {
    const element = rule(args)
    return element && arrayOf(element)
  }
}

/** The rule, applied to some of the arguments only. */
export function ofArguments(indexes: readonly number[], rule: Returns): Returns {
  return args => rule(indexes.flatMap(index => args[index] ?? []))
}

/** One type for all arguments. */
export const common: Returns = supertype

export const first = ofArguments([0], common)

/** The type of the first argument, an array; NULL is one of INT64. */
export const firstArray: Returns = ([value]) => (value && isNull(value) ? arrayOf(scalar('INT64')) : value?.type)

/** STRING, or BYTES where one of the arguments is; a string literal beside BYTES becomes BYTES. */
export const text: Returns = args => {
  if (args.some(value => isScalar(value.type, 'BYTES'))) return scalar('BYTES')
  return args.some(value => value.type === undefined && !isNull(value)) ? undefined : scalar('STRING')
}

/** STRING, or BYTES where the first argument is. */
export const firstText = ofArguments([0], text)

/** The number type that all arguments fit in. */
export const numeric: Returns = numericSupertype

/** As `numeric`, of functions that have no INT64 form. */
export const real: Returns = args => {
  const type = numericSupertype(args)
  return isScalar(type, 'INT64') ? scalar('FLOAT64') : type
}

export const firstNumeric = ofArguments([0], numeric)
export const firstReal = ofArguments([0], real)

/** As the rule says, but intervals stay intervals. */
export function orInterval(rule: Returns): Returns {
  return args => (isScalar(args[0]?.type, 'INTERVAL') ? scalar('INTERVAL') : rule(args))
}

/** JSON where the first argument is, else STRING. */
export const jsonOrString: Returns = ([value]) => {
  if (value === undefined || (value.type === undefined && !isNull(value))) return undefined
  return isScalar(value.type, 'JSON') ? scalar('JSON') : scalar('STRING')
}

/** The type of the first argument, a point in time; literals become `literal`, and a DATE becomes `date`. */
export function temporal({ literal, date }: { readonly literal: ScalarType; readonly date: ScalarType }): Returns {
  return ([value]) => {
    if (value === undefined || (value.type === undefined && !isNull(value))) return undefined
    if (isScalar(value.type, 'DATE')) return scalar(date)
    return isScalar(value.type, 'DATETIME') || isScalar(value.type, 'TIMESTAMP') ? value.type : scalar(literal)
  }
}

/** The elements of the first argument, an array or a range. */
export const element: Returns = ([value]) => {
  if (value !== undefined && isNull(value)) return scalar('INT64')
  const type = value?.type
  return type?.kind === 'array' || type?.kind === 'range' ? type.element : undefined
}

export const rangeOfArguments: Returns = args => {
  const type = supertype(args)
  return type && rangeOf(type)
}
