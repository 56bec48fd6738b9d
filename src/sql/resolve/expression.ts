import type { Case, Expression, PathExpression, WithExpression } from '../../googlesql/ast/expression.ts'
import type { Choices } from '../../googlesql/ast/predicate.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import { systemVariables } from '../../model/system-variable.ts'
import { findFunction } from '../functions/find-function.ts'
import { returnType } from '../functions/return-type.ts'
import { binaryType, unaryType } from '../types/operator-type.ts'
import { supertype } from '../types/supertype.ts'
import { scalar } from '../types/type-makers.ts'
import { type Environment, resolveExpression, resolveSubquery, type Scope } from './context.ts'
import { resolveCall } from './function-call.ts'
import { fieldOf } from './leaves.ts'
import { literalType, writtenType } from './literal-types.ts'
import { lookUp } from './lookup.ts'
import { type Column, mergeReads, noReads, type Relation, type Value } from './relation.ts'
import { settled } from './rows.ts'
import { resolveSubscript } from './subscript.ts'

const bool = scalar('BOOL')

/** What an expression yields: its type as far as it can be told, and every leaf it derives from. Each part is read once. */
export function readExpression(node: Expression, scope: Scope): Value {
  switch (node.kind) {
    case 'NullLiteral':
      return { type: undefined, literal: 'null', reads: noReads }
    case 'DefaultValue':
      return plain(undefined)
    case 'BooleanLiteral':
      return plain(bool)
    case 'IntegerLiteral':
      return { type: scalar('INT64'), literal: 'integer', reads: noReads }
    case 'FloatLiteral':
      return { type: scalar('FLOAT64'), literal: 'float', reads: noReads }
    case 'StringLiteral':
      return { type: scalar('STRING'), literal: 'string', reads: noReads }
    case 'BytesLiteral':
      return { type: scalar('BYTES'), literal: 'bytes', reads: noReads }
    case 'TypedLiteral':
      return plain(literalType(node.type))
    case 'RangeLiteral':
      return plain(writtenType(node.type))
    case 'NamedParameter':
      return { type: parameterType(node.name, scope.env), literal: 'parameter', reads: noReads }
    case 'PositionalParameter':
      return plain(undefined)
    case 'SystemVariable':
      scope.env.context.features.add('system_variable')
      return plain(systemVariables.get(node.parts.map(({ text }) => text.toLowerCase()).join('.')))
    case 'PathExpression': {
      const { pseudo, variable, ...value } = clockReading(node, scope) ?? lookUp(node.parts, scope)
      if (variable !== undefined) scope.env.context.variableUses.set(node, variable)
      if (pseudo !== undefined) notePseudoColumn(node, pseudo, value, scope.env)
      return value
    }
    case 'FieldAccess':
      return resolveField(resolveExpression(node.target, scope), node.field.text)
    case 'ElementAccess':
      return resolveSubscript(node, scope)
    case 'FunctionCall':
      return resolveCall(node, scope)
    case 'Cast':
      return derived(writtenType(node.type), [node.value, node.format, node.timeZone], scope)
    case 'ExtractPart':
      return derived(extractType(node.part.name.text), [node.from, node.timeZone], scope)
    case 'Interval':
      return derived(scalar('INTERVAL'), [node.value], scope)
    case 'ArrayConstructor':
      return node.type === undefined
        ? resolveArray(values(node.elements, scope))
        : derived(writtenType(node.type), node.elements, scope)
    case 'StructConstructor':
      return resolveStruct(
        node.type && writtenType(node.type),
        node.fields.map(({ value, alias }) => ({ name: alias?.text ?? impliedName(value), value })),
        scope,
      )
    case 'Tuple':
      return resolveStruct(
        undefined,
        node.elements.map(value => ({ name: undefined, value })),
        scope,
      )
    case 'ScalarSubquery': {
      const { type, reads } = settled(onlyColumn(resolveSubquery(node.query, scope)))
      return { type, reads }
    }
    case 'ArraySubquery': {
      const { type, reads } = settled(onlyColumn(resolveSubquery(node.query, scope)))
      return { reads, type: type && { kind: 'array', element: type } }
    }
    case 'Exists':
      resolveSubquery(node.query, scope)
      return plain(bool)
    case 'Unary': {
      const operand = resolveExpression(node.operand, scope)
      return { ...unaryType(node.operator, operand), reads: operand.reads }
    }
    case 'Not':
      return derived(bool, [node.operand], scope)
    case 'And':
    case 'Or':
      return derived(bool, node.operands, scope)
    case 'Binary':
      return node.steps.reduce(
        (left, { operator, operand }) => {
          const right = resolveExpression(operand, scope)
          return { type: binaryType(operator, left, right), reads: mergeReads(left.reads, right.reads) }
        },
        resolveExpression(node.first, scope),
      )
    case 'Comparison':
    case 'IsDistinctFrom':
      return derived(bool, [node.left, node.right], scope)
    case 'Is':
      return derived(bool, [node.operand], scope)
    case 'Between':
      return derived(bool, [node.operand, node.low, node.high], scope)
    case 'Like':
      return derived(bool, [node.operand, node.pattern], scope)
    case 'In':
    case 'Quantified':
      return resolveChoices(node.operand, node.choices, scope)
    case 'Case':
      return resolveCase(node, scope)
    case 'WithExpression':
      return resolveWith(node, scope)
    case 'NewConstructor':
    case 'BracedConstructor':
    case 'ExtensionAccess':
      throw new Failure('cannot_govern', { detail: 'Protocol buffers are not served.' })
  }
}

function notePseudoColumn(node: Expression, name: string, { origins = [] }: Value, { context }: Environment): void {
  context.features.add('pseudo_column')
  for (const { scan } of origins) context.pseudoColumns.set(node, { name, scan })
}

/** `CURRENT_DATE` and its like need no parentheses. */
function clockReading({ parts }: PathExpression, scope: Scope): ReturnType<typeof lookUp> | undefined {
  const [{ text, quoted }, second] = parts
  const name = text.toUpperCase()
  if (quoted || second !== undefined || !name.startsWith('CURRENT_')) return undefined
  const known = findFunction(name)
  if (known === undefined) return undefined
  scope.env.context.functions.set(name, known.class)
  return { type: returnType(known, []), reads: noReads }
}

function plain(type: ColumnType | undefined): Value {
  return { type, reads: noReads }
}

function values(nodes: readonly (Expression | undefined)[], scope: Scope): readonly Value[] {
  const found: Value[] = []
  for (const node of nodes) if (node !== undefined) found.push(resolveExpression(node, scope))
  return found
}

function combined(type: ColumnType | undefined, parts: readonly Value[]): Value {
  return { type, reads: mergeReads(...parts.map(part => part.reads)) }
}

/** A value of a known type that depends on all of the parts. */
function derived(type: ColumnType | undefined, parts: readonly (Expression | undefined)[], scope: Scope): Value {
  return combined(type, values(parts, scope))
}

function parameterType(name: string, { context }: Environment): ColumnType | undefined {
  return context.parameters.find(parameter => parameter.name?.toLowerCase() === name.toLowerCase())?.type
}

function resolveField(value: Value, field: string): Value {
  const part = fieldOf(value, field)
  if (part !== undefined) return part
  throw new Failure('unknown_name', { detail: `There is no field ${field} in the value before the dot.` })
}

function resolveArray(elements: readonly Value[]): Value {
  const element = supertype(elements.length === 0 ? [{ type: undefined, literal: 'null' }] : elements)
  return { ...combined(element && { kind: 'array', element }, elements), elements }
}

function resolveStruct(
  type: ColumnType | undefined,
  fields: readonly { readonly name: string | undefined; readonly value: Expression }[],
  scope: Scope,
): Value {
  const parts = fields.map(({ name, value }) => ({ name: name ?? '', value: resolveExpression(value, scope) }))
  const all = parts.map(part => part.value)
  const known = parts.flatMap(({ name, value }) => {
    const fieldType = value.literal === 'null' ? scalar('INT64') : value.type
    return fieldType === undefined ? [] : [{ name, type: fieldType }]
  })
  if (type !== undefined) return combined(type, all)
  return {
    ...combined(known.length === parts.length ? { kind: 'struct', fields: known } : undefined, all),
    fields: all,
  }
}

function resolveCase({ operand, branches, otherwise }: Case, scope: Scope): Value {
  const tests = values([operand, ...branches.map(branch => branch.when)], scope)
  const results = values([...branches.map(branch => branch.result), otherwise], scope)
  return combined(supertype(results), [...tests, ...results])
}

function resolveChoices(operand: Expression, choices: Choices, scope: Scope): Value {
  const left = resolveExpression(operand, scope)
  switch (choices.kind) {
    case 'ChoiceList':
      return combined(bool, [left, ...values(choices.items, scope)])
    case 'ChoiceUnnest':
      return combined(bool, [left, resolveExpression(choices.array, scope)])
    case 'ChoiceQuery':
      return combined(bool, [left, onlyColumn(resolveSubquery(choices.query, scope))])
  }
}

function resolveWith({ bindings, result }: WithExpression, scope: Scope): Value {
  let inner = scope
  for (const { name, value } of bindings) {
    const local: Column = { ...resolveExpression(value, inner), name: name.text }
    inner = { ...inner, locals: [local, ...(inner.locals ?? [])] }
  }
  return resolveExpression(result, inner)
}

function onlyColumn({ columns }: Relation): Column {
  const [only, second] = columns.filter(column => column.isPseudo !== true)
  if (only !== undefined && second === undefined) return only
  throw new Failure('query_invalid', { detail: 'A subquery in an expression must have exactly one column.' })
}

/** The name that a select-list item without an alias gets; undefined makes it anonymous. */
export function impliedName(node: Expression): string | undefined {
  switch (node.kind) {
    case 'PathExpression':
      return node.parts.at(-1)?.text
    case 'FieldAccess':
      return node.field.text
    default:
      return undefined
  }
}

function extractType(part: string): ColumnType {
  const name = part.toUpperCase()
  return scalar(name === 'DATE' || name === 'DATETIME' || name === 'TIME' ? name : 'INT64')
}
