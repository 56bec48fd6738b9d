import type { Argument, FunctionCall } from '../../../src/googlesql/ast/call.ts'
import type { Expression } from '../../../src/googlesql/ast/expression.ts'
import { parseStatement } from '../../../src/googlesql/parse/parse.ts'
import { findFunction } from '../../../src/sql/functions/find-function.ts'
import { callType } from '../../../src/sql/functions/return-type.ts'
import { literalType, writtenType } from '../../../src/sql/resolve/literal-types.ts'
import { binaryType, unaryType } from '../../../src/sql/types/operator-type.ts'
import { supertype } from '../../../src/sql/types/supertype.ts'
import { arrayOf, scalar } from '../../../src/sql/types/type-makers.ts'
import type { Typed } from '../../../src/sql/types/typed.ts'
import { columns } from './columns.ts'

/** The first item of `SELECT <sql>`. */
export function parseExpressionText(sql: string): Expression {
  const statement = parseStatement(`SELECT ${sql}`)
  const body = statement.kind === 'QueryStatement' ? statement.query.body : undefined
  const item = body?.kind === 'Select' ? body.items[0] : undefined
  if (item?.kind !== 'ExpressionItem') throw new Error(`no expression: ${sql}`)
  return item.value
}

/** The type of an expression over the columns of `columns.ts`: no more of the resolver than the samples need. */
export function expressionType(node: Expression): Typed {
  switch (node.kind) {
    case 'NullLiteral':
      return { type: undefined, literal: 'null' }
    case 'BooleanLiteral':
      return { type: scalar('BOOL'), literal: 'other' }
    case 'IntegerLiteral':
      return { type: scalar('INT64'), literal: 'integer' }
    case 'FloatLiteral':
      return { type: scalar('FLOAT64'), literal: 'float' }
    case 'StringLiteral':
      return { type: scalar('STRING'), literal: 'string' }
    case 'BytesLiteral':
      return { type: scalar('BYTES'), literal: 'bytes' }
    case 'TypedLiteral':
      return { type: literalType(node.type), literal: 'other' }
    case 'RangeLiteral':
      return { type: writtenType(node.type), literal: 'other' }
    case 'PathExpression':
      return pathType(node.parts.map(part => part.text))
    case 'FunctionCall':
      return functionType(node)
    case 'Cast':
      return { type: writtenType(node.type) }
    case 'ExtractPart':
      return { type: extractType(node.part.name.text) }
    case 'Interval':
      return { type: scalar('INTERVAL') }
    case 'ArrayConstructor':
      return arrayType(node.elements.map(expressionType))
    case 'StructConstructor':
      return structType(node.fields.map(field => [nameOf(field.alias?.text, field.value), field.value]))
    case 'Tuple':
      return structType(node.elements.map(value => ['', value]))
    case 'Unary':
      return unaryType(node.operator, expressionType(node.operand))
    case 'Binary':
      return node.steps.reduce<Typed>(
        (left, step) => ({ type: binaryType(step.operator, left, expressionType(step.operand)) }),
        expressionType(node.first),
      )
    case 'Case': {
      const otherwise: Typed = node.otherwise ? expressionType(node.otherwise) : { type: undefined, literal: 'null' }
      return { type: supertype([...node.branches.map(branch => expressionType(branch.result)), otherwise]) }
    }
    default:
      throw new Error(`the samples have no ${node.kind}`)
  }
}

function pathType([name = '', field]: readonly string[]): Typed {
  const type = columns[name]
  if (field === undefined) return { type }
  return { type: type?.kind === 'struct' ? type.fields.find(part => part.name === field)?.type : undefined }
}

function functionType(call: FunctionCall): Typed {
  const known = findFunction(call.name.parts.map(part => part.text).join('.'))
  if (known === undefined) throw new Error(`not in the table: ${call.name.parts.map(part => part.text).join('.')}`)
  const target = call.target === undefined ? [] : [expressionType(call.target)]
  const args = call.args.map((argument, index) => {
    return index + target.length === known.word?.at ? { type: undefined } : argumentType(argument)
  })
  return callType(known, [...target, ...args.flatMap(value => value ?? [])])
}

function argumentType(argument: Argument): Typed | undefined {
  switch (argument.kind) {
    case 'StarArgument':
      return undefined
    case 'NamedArgument':
      return argumentType(argument.value)
    case 'AliasedArgument':
      return expressionType(argument.value)
    case 'Lambda':
    case 'TableArgument':
    case 'ModelArgument':
    case 'ConnectionArgument':
    case 'DescriptorArgument':
      throw new Error(`the samples have no ${argument.kind}`)
    default:
      return expressionType(argument)
  }
}

function extractType(part: string) {
  return scalar(part === 'DATE' || part === 'TIME' || part === 'DATETIME' ? part : 'INT64')
}

function arrayType(elements: readonly Typed[]): Typed {
  const element = elements.length === 0 ? scalar('INT64') : supertype(elements)
  return { type: element && arrayOf(element), elements }
}

function structType(parts: readonly (readonly [string, Expression])[]): Typed {
  const fields = parts.map(([, value]) => expressionType(value))
  const typed = parts.map(([name], index) => ({ name, type: fields[index] && supertype([fields[index]]) }))
  if (typed.some(field => field.type === undefined)) return { type: undefined }
  return { type: { kind: 'struct', fields: typed.flatMap(({ name, type }) => (type ? [{ name, type }] : [])) }, fields }
}

function nameOf(alias: string | undefined, value: Expression): string {
  return alias ?? (value.kind === 'PathExpression' ? (value.parts.at(-1)?.text ?? '') : '')
}
