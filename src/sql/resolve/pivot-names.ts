import type { Expression } from '../../googlesql/ast/expression.ts'

/** The column name that a value of PIVOT's IN list gets behind an aggregate's alias; undefined where it has no canonical one. */
export function pivotColumnName(
  value: Expression,
  alias: string | undefined,
  prefix: string | undefined,
): string | undefined {
  const text = alias ?? valueText(value)
  if (text === undefined || prefix !== undefined) return text && `${prefix}_${text}`
  // A number alone would be no name.
  const isNumber = alias === undefined && value.kind !== 'StringLiteral' && /^\d/.test(text)
  return isNumber ? `_${text}` : text
}

function valueText(value: Expression): string | undefined {
  switch (value.kind) {
    case 'StringLiteral':
      return value.value === '' ? '_empty_string_value' : value.value
    case 'NullLiteral':
      return 'NULL'
    case 'BooleanLiteral':
      return String(value.value)
    case 'IntegerLiteral':
      return value.text
    case 'Unary':
      return value.operator === '-' && value.operand.kind === 'IntegerLiteral'
        ? `minus_${value.operand.text}`
        : undefined
    case 'TypedLiteral':
      if (value.type === 'DATE') return value.value.replaceAll('-', '_')
      return /^(BIG)?(NUMERIC|DECIMAL)$/.test(value.type) ? decimalText(value.value) : undefined
    default:
      return undefined
  }
}

function decimalText(text: string): string | undefined {
  const [, sign, whole = '', fraction = ''] = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (sign === undefined) return undefined
  return `${sign === '-' ? 'minus_' : ''}${whole}${fraction === '' ? '' : `_point_${fraction}`}`
}
