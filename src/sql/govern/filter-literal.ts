import type { Expression } from '../../googlesql/ast/expression.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { type ColumnType, typeText } from '../../model/column-type.ts'
import type { FilterValue } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import { boolean, call, integer, string, typedLiteral } from './build.ts'

const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** A value of the policy as a literal of the column's own type. Throws `cannot_govern` where it is none. */
export function filterLiteral(value: Exclude<FilterValue, null>, type: ColumnType): Expression {
  const literal = type.kind === 'scalar' ? scalarLiteral(value, type.name) : undefined
  if (literal !== undefined) return literal
  const cause = new Error(`the policy compares a ${typeText(type)} column with the ${typeof value} ${value}`)
  throw new Failure('cannot_govern', {}, { cause })
}

function scalarLiteral(value: Exclude<FilterValue, null>, type: string): Expression | undefined {
  const text = String(value)
  switch (type) {
    case 'BOOL':
      return typeof value === 'boolean' ? boolean(value) : undefined
    case 'INT64':
      return isInteger(value) ? integer(BigInt(text)) : undefined
    case 'FLOAT64':
      return typeof value === 'number' && number.test(text) ? float(value) : undefined
    case 'NUMERIC':
    case 'BIGNUMERIC':
      return typeof value !== 'boolean' && number.test(text) ? typedLiteral(type, text) : undefined
    case 'STRING':
      return typeof value === 'string' ? string(value) : undefined
    case 'BYTES':
      return typeof value === 'string' ? call('FROM_BASE64', string(value)) : undefined
    case 'DATE':
    case 'DATETIME':
    case 'TIME':
    case 'TIMESTAMP':
      return typeof value === 'string' ? typedLiteral(type, value) : undefined
    default:
      return undefined
  }
}

/** JSON numbers beyond 2^53 have lost digits; such a value comes as text. */
function isInteger(value: FilterValue): boolean {
  return typeof value === 'number'
    ? Number.isSafeInteger(value)
    : typeof value === 'string' && /^-?\d{1,19}$/.test(value)
}

function float(value: number): Expression {
  const digits = Math.abs(value).toString().toUpperCase()
  const text = /[.E]/.test(digits) ? digits.replace(/^(\d+)E/, '$1.0E') : `${digits}.0`
  const literal: Expression = { kind: 'FloatLiteral', text, at }
  return value < 0 ? { kind: 'Unary', operator: '-', operand: literal, at } : literal
}
