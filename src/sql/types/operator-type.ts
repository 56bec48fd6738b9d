import type { BinaryOperator, Unary } from '../../googlesql/ast/expression.ts'
import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import { numericSupertype } from './numeric.ts'
import { isFlexibleString, supertype } from './supertype.ts'
import { isScalar, scalar } from './type-makers.ts'
import { isNull, type Typed } from './typed.ts'

type Rule = (left: Typed, right: Typed) => ColumnType | undefined

const times: readonly ScalarType[] = ['DATE', 'DATETIME', 'TIME', 'TIMESTAMP']

const bitTypes: readonly ScalarType[] = ['INT64', 'BYTES']

const rules: Readonly<Record<BinaryOperator, Rule>> = {
  '+': (left, right) => shifted(left, right) ?? shifted(right, left) ?? number(left, right),
  '-': (left, right) => shifted(left, right) ?? between(left, right) ?? number(left, right),
  '*': (left, right) => scaled(left, right) ?? scaled(right, left) ?? number(left, right),
  '/': (left, right) => scaled(left, right) ?? quotient(left, right),
  '||': concatenated,
  '|': bits,
  '&': bits,
  '^': bits,
  '<<': shiftedBits,
  '>>': shiftedBits,
}

/** The type of `left operator right`; undefined where it cannot be told or there is none, as beside a literal NULL. */
export function binaryType(operator: BinaryOperator, left: Typed, right: Typed): ColumnType | undefined {
  const isShift = operator === '<<' || operator === '>>'
  return (isNull(left) || isNull(right)) && !isShift ? undefined : rules[operator](left, right)
}

/** A sign before a number leaves a literal a literal: `-1.5` becomes a NUMERIC where `1.5` does. */
export function unaryType(operator: Unary['operator'], operand: Typed): Typed {
  const { type, literal } = operand
  if (isNull(operand)) return { type: undefined }
  return operator !== '~' && (literal === 'integer' || literal === 'float') ? { type, literal } : { type }
}

function number(left: Typed, right: Typed): ColumnType | undefined {
  return numericSupertype([left, right])
}

function quotient(left: Typed, right: Typed): ColumnType | undefined {
  const type = number(left, right)
  return isScalar(type, 'INT64') ? scalar('FLOAT64') : type
}

/** A point in time moved by an interval, or a date by days; a string literal or parameter is taken for one. */
function shifted(point: Typed, by: Typed): ColumnType | undefined {
  if (isScalar(by.type, 'INTERVAL')) {
    if (isScalar(point.type, 'DATE') || isFlexibleString(point)) return scalar('DATETIME')
    return isScalar(point.type, 'TIME') ? undefined : (timeType(point) ?? intervalType(point))
  }
  const isDate = isScalar(point.type, 'DATE') || isFlexibleString(point)
  return isDate && isScalar(by.type, 'INT64') ? scalar('DATE') : undefined
}

/** The interval between two points of one kind, which string literals and parameters are taken for. */
function between(left: Typed, right: Typed): ColumnType | undefined {
  const sides = [left, right]
  const arePoints = sides.every(side => isFlexibleString(side) || timeType(side) !== undefined)
  return arePoints && supertype(sides) !== undefined ? scalar('INTERVAL') : undefined
}

function scaled(value: Typed, by: Typed): ColumnType | undefined {
  return isScalar(by.type, 'INT64') ? intervalType(value) : undefined
}

function timeType({ type }: Typed): ColumnType | undefined {
  return type?.kind === 'scalar' && times.includes(type.name) ? type : undefined
}

function intervalType({ type }: Typed): ColumnType | undefined {
  return isScalar(type, 'INTERVAL') ? type : undefined
}

/** Arrays with arrays and BYTES with BYTES; whatever else can be written as text becomes a STRING. */
function concatenated(left: Typed, right: Typed): ColumnType | undefined {
  const sides = [left, right]
  if (sides.some(side => side.type?.kind === 'array' || isScalar(side.type, 'BYTES'))) return supertype(sides)
  return sides.every(side => isWritable(side.type)) ? scalar('STRING') : undefined
}

function isWritable(type: ColumnType | undefined): boolean {
  return type?.kind === 'scalar' && type.name !== 'GEOGRAPHY' && type.name !== 'JSON'
}

function bits(left: Typed, right: Typed): ColumnType | undefined {
  return bitTypes.find(type => isScalar(left.type, type) && isScalar(right.type, type)) && left.type
}

function shiftedBits(left: Typed, by: Typed): ColumnType | undefined {
  if (!isScalar(by.type, 'INT64') && !isNull(by)) return undefined
  return isNull(left) ? scalar('INT64') : bits(left, left)
}
