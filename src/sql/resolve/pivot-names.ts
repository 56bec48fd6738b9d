import type { Expression } from '../../googlesql/ast/expression.ts'

/** The column name that a value of PIVOT's IN list gets without an alias; undefined where it has no canonical one. */
export function pivotValueName(value: Expression): string | undefined {
  switch (value.kind) {
    case 'StringLiteral':
      return value.value
    case 'NullLiteral':
      return 'NULL'
    case 'BooleanLiteral':
      return value.value ? 'TRUE' : 'FALSE'
    case 'IntegerLiteral':
      return `_${value.text}`
    case 'Unary':
      return value.operator === '-' && value.operand.kind === 'IntegerLiteral'
        ? `minus_${value.operand.text}`
        : undefined
    case 'TypedLiteral':
      return value.type === 'DATE' ? `_${value.value.replaceAll('-', '_')}` : undefined
    default:
      return undefined
  }
}
