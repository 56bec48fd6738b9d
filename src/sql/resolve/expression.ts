import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Choices } from '../../googlesql/ast/predicate.ts'
import type { Query } from '../../googlesql/ast/query.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { Environment, Scope } from './context.ts'
import { resolveCall } from './function-call.ts'
import { elementOf, fieldOf } from './leaves.ts'
import { literalType, scalar, writtenType } from './literal-types.ts'
import { lookUp } from './lookup.ts'
import { type Column, mergeReads, noReads, type Relation, type Value } from './relation.ts'
import { resolveQuery } from './query.ts'

const bool = scalar('BOOL')

/** What an expression yields: its type as far as it can be told, and every leaf it derives from. */
export function resolveExpression(node: Expression, scope: Scope): Value {
  switch (node.kind) {
    case 'NullLiteral':
    case 'DefaultValue':
      return plain(undefined)
    case 'BooleanLiteral':
      return plain(bool)
    case 'IntegerLiteral':
      return plain(scalar('INT64'))
    case 'FloatLiteral':
      return plain(scalar('FLOAT64'))
    case 'StringLiteral':
      return plain(scalar('STRING'))
    case 'BytesLiteral':
      return plain(scalar('BYTES'))
    case 'TypedLiteral':
      return plain(literalType(node.type))
    case 'RangeLiteral':
      return plain(writtenType(node.type))
    case 'NamedParameter':
      return plain(parameterType(node.name, scope.env))
    case 'PositionalParameter':
      return plain(undefined)
    case 'SystemVariable':
      scope.env.context.features.add('system_variable')
      return plain(undefined)
    case 'PathExpression': {
      const { pseudo, ...value } = lookUp(node.parts, scope)
      if (pseudo !== undefined) {
        scope.env.context.features.add('pseudo_column')
        scope.env.context.pseudoColumns.set(node, pseudo)
      }
      return value
    }
    case 'FieldAccess':
      return resolveField(resolveExpression(node.target, scope), node.field.text)
    case 'ElementAccess':
      return resolveElement(node.target, node.index, scope)
    case 'FunctionCall':
      return resolveCall(node, scope)
    case 'Cast':
      return derived(writtenType(node.type), [node.value, node.format, node.timeZone], scope)
    case 'ExtractPart':
      return derived(extractType(node.part.name.text), [node.from, node.timeZone], scope)
    case 'Interval':
      return derived(scalar('INTERVAL'), [node.value], scope)
    case 'ArrayConstructor':
      return resolveArray(node.type === undefined ? undefined : writtenType(node.type), node.elements, scope)
    case 'StructConstructor':
      return resolveStruct(
        node.type === undefined ? undefined : writtenType(node.type),
        node.fields.map(({ value, alias }) => ({ name: alias?.text ?? impliedName(value), value })),
        scope,
      )
    case 'Tuple':
      return resolveStruct(undefined, node.elements.map(value => ({ name: undefined, value })), scope)
    case 'ScalarSubquery': {
      const value = onlyColumn(resolveSubquery(node.query, scope))
      return { type: value.type, reads: value.reads }
    }
    case 'ArraySubquery': {
      const { type, reads } = onlyColumn(resolveSubquery(node.query, scope))
      return { reads, type: type && { kind: 'array', element: type } }
    }
    case 'Exists':
      resolveSubquery(node.query, scope)
      return plain(bool)
    case 'Unary':
      return derived(resolveExpression(node.operand, scope).type, [node.operand], scope)
    case 'Not':
      return derived(bool, [node.operand], scope)
    case 'And':
    case 'Or':
      return derived(bool, node.operands, scope)
    case 'Binary':
      return resolveBinary(node.first, node.steps, scope)
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
    case 'Case': {
      const results = [...node.branches.map(branch => branch.result), ...(node.otherwise ? [node.otherwise] : [])]
      const type = firstType(results, scope)
      return derived(type, [node.operand, ...node.branches.map(branch => branch.when), ...results], scope)
    }
    case 'WithExpression':
      return resolveWith(node.bindings, node.result, scope)
  }
}

function plain(type: ColumnType | undefined): Value {
  return { type, reads: noReads }
}

/** A value of a type that depends on all of the parts. */
export function derived(
  type: ColumnType | undefined,
  parts: readonly (Expression | undefined)[],
  scope: Scope,
): Value {
  const present = parts.filter(part => part !== undefined)
  return { type, reads: mergeReads(...present.map(part => resolveExpression(part, scope).reads)) }
}

function parameterType(name: string, { context }: Environment): ColumnType | undefined {
  return context.parameters.find(parameter => parameter.name?.toLowerCase() === name.toLowerCase())?.type
}

function resolveField(value: Value, field: string): Value {
  const part = fieldOf(value, field)
  if (part !== undefined) return part
  throw new Failure('unknown_name', { detail: `There is no field ${field} in the value before the dot.` })
}

function resolveElement(target: Expression, index: Expression, scope: Scope): Value {
  const whole = resolveExpression(target, scope)
  const at = resolveExpression(index, scope)
  const element = elementOf(whole)
  return at.reads.size === 0 ? element : { type: element.type, reads: mergeReads(element.reads, at.reads) }
}

function resolveArray(type: ColumnType | undefined, elements: readonly Expression[], scope: Scope): Value {
  const element = type === undefined ? firstType(elements, scope) : undefined
  return derived(type ?? (element && { kind: 'array', element }), elements, scope)
}

function resolveStruct(
  type: ColumnType | undefined,
  fields: readonly { readonly name: string | undefined; readonly value: Expression }[],
  scope: Scope,
): Value {
  const values = fields.map(({ name, value }) => ({ name: name ?? '', ...resolveExpression(value, scope) }))
  const reads = mergeReads(...values.map(value => value.reads))
  if (type !== undefined || values.some(value => value.type === undefined)) return { type, reads }
  return { reads, type: { kind: 'struct', fields: values.flatMap(v => (v.type ? [{ name: v.name, type: v.type }] : [])) } }
}

/** `a + b`: dates and intervals make the type of arithmetic hard to tell; `||` keeps the type of its first operand. */
function resolveBinary(
  first: Expression,
  steps: readonly { readonly operator: string; readonly operand: Expression }[],
  scope: Scope,
): Value {
  const isConcatenation = steps.every(step => step.operator === '||')
  const type = isConcatenation ? resolveExpression(first, scope).type : undefined
  return derived(type, [first, ...steps.map(step => step.operand)], scope)
}

function resolveChoices(operand: Expression, choices: Choices, scope: Scope): Value {
  const left = resolveExpression(operand, scope).reads
  switch (choices.kind) {
    case 'ChoiceList':
      return { type: bool, reads: mergeReads(left, derived(bool, choices.items, scope).reads) }
    case 'ChoiceUnnest':
      return { type: bool, reads: mergeReads(left, resolveExpression(choices.array, scope).reads) }
    case 'ChoiceQuery':
      return { type: bool, reads: mergeReads(left, onlyColumn(resolveSubquery(choices.query, scope)).reads) }
  }
}

function resolveWith(
  bindings: readonly { readonly name: { readonly text: string }; readonly value: Expression }[],
  result: Expression,
  scope: Scope,
): Value {
  const inner = bindings.reduce<Scope>((here, { name, value }) => {
    const local: Column = { name: name.text, ...resolveExpression(value, here) }
    return { ...here, locals: [local, ...(here.locals ?? [])] }
  }, scope)
  return resolveExpression(result, inner)
}

export function resolveSubquery(query: Query, scope: Scope): Relation {
  return resolveQuery(query, { ...scope.env, outer: scope })
}

function onlyColumn({ columns }: Relation): Value {
  const [only, second] = columns.filter(column => column.isPseudo !== true)
  if (only !== undefined && second === undefined) return only
  throw new Failure('query_invalid', { detail: 'A subquery in an expression must have exactly one column.' })
}

/** The type that the first of several alternatives to tell it has. */
export function firstType(nodes: readonly Expression[], scope: Scope): ColumnType | undefined {
  for (const node of nodes) {
    const { type } = resolveExpression(node, scope)
    if (type !== undefined) return type
  }
  return undefined
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
  switch (part.toUpperCase()) {
    case 'DATE':
      return scalar('DATE')
    case 'DATETIME':
      return scalar('DATETIME')
    case 'TIME':
      return scalar('TIME')
    default:
      return scalar('INT64')
  }
}
