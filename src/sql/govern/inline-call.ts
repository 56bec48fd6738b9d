import type { FunctionCall, Window } from '../../googlesql/ast/call.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { copyWith } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Context, ExpandedCall } from '../resolve/context.ts'
import type { Column } from '../resolve/relation.ts'
import { classOfCall, isAggregating } from '../routine/aggregating.ts'
import type { BoundParameter } from '../routine/bind-arguments.ts'
import { placeArguments } from '../routine/place-arguments.ts'
import { sameName } from '../table-name.ts'
import { cast, identifier, item, query, scalarSubquery, select, subquery } from './build.ts'
import { hasNames, isLeaf, isScopeFree, replaceVariables, usesOf } from './replace-variables.ts'

type Binding = { readonly name: string; readonly value: Expression }

/**
 * The body of a function in the place of its call. What runs is what was analyzed: a function that is replaced meanwhile
 * changes nothing. `call` and `body` have their own tables and calls replaced already.
 */
export function inlineCall(
  call: FunctionCall,
  { routine, parameters, type, castTo }: ExpandedCall,
  body: Expression,
  { variableUses }: Context,
): Expression {
  const replaced = new Map<Column, Expression>()
  const bound: Binding[] = []
  for (const [index, given] of placeArguments(call.args, routine).entries()) {
    const parameter = parameters[index] as BoundParameter
    const { name = '' } = parameter.column
    const value = parameter.castTo === undefined ? given : cast(given, parameter.castTo)
    const uses = usesOf(parameter.column, body, variableUses)
    if (mayReplace(value, uses, body)) replaced.set(parameter.column, value)
    else bound.push({ name, value })
  }
  if (routine.kind === 'aggregate_function' && bound.length > 0) throw unboundable(routine.ref)
  const windowed = call.over === undefined ? body : overWindow(body, call.over)
  const value = bindAround(replaceVariables(windowed, replaced, variableUses), bound)
  return castTo === undefined ? unnamed(value, type) : cast(value, castTo)
}

/** A body over a window: each of its aggregates is one over that window. */
function overWindow<N extends Node>(body: N, over: Window): N {
  const place = (node: Node): Node => {
    if (node.kind === 'Query') return node
    const isAggregate = node.kind === 'FunctionCall' && classOfCall(node) === 'aggregate'
    return isAggregate ? { ...node, over } : copyWith(node, place)
  }
  return place(body) as N
}

/** Whether an argument may stand wherever the parameter does: it is evaluated once, and no name there can capture its own. */
function mayReplace(value: Expression, uses: number, body: Expression): boolean {
  if (hasNames(value) && !isScopeFree(body)) return false
  if (uses === 0) return nodesOf(value, 'Query').length === 0
  return uses === 1 || isLeaf(value)
}

/** `(SELECT body FROM (SELECT argument AS parameter))`; aggregates and windows belong to the query around, so they stay outside. */
function bindAround(body: Expression, bound: readonly Binding[]): Expression {
  if (bound.length === 0) return body
  if (!bound.some(({ value }) => isAggregating(value))) {
    const row = select({ items: bound.map(({ name, value }) => item(value, name)), from: undefined })
    const only = { kind: 'ExpressionItem', value: body, alias: undefined, at } as const
    return scalarSubquery(query(select({ items: [only], from: subquery(query(row)) })))
  }
  for (const [index, { value }] of bound.entries()) {
    const before = bound.slice(0, index).map(({ name }) => name)
    const heads = nodesOf(value, 'PathExpression').map(({ parts }) => parts[0].text)
    if (heads.some(head => before.some(name => sameName(name, head)))) throw unboundable()
  }
  const bindings = bound.map(({ name, value }) => ({ kind: 'WithBinding', name: identifier(name), value, at }) as const)
  return { kind: 'WithExpression', bindings, result: body, at }
}

/** A call has no name and is no position, as a column or a literal in its place would be. */
function unnamed(value: Expression, type: ExpandedCall['type']): Expression {
  if (!isLeaf(value) && value.kind !== 'FieldAccess') return value
  if (value.kind === 'Cast') return value
  if (type !== undefined) return cast(value, type)
  const only = { kind: 'ExpressionItem', value, alias: undefined, at } as const
  return scalarSubquery(query(select({ items: [only], from: undefined })))
}

function unboundable(ref?: Parameters<typeof tableId>[0]): Failure {
  const called = ref === undefined ? 'A function' : tableId(ref)
  return new Failure('cannot_govern', {
    detail: `${called} uses an argument several times, and it cannot be put in its place.`,
    next: 'Compute the arguments in a subquery first, and call the function on its columns.',
  })
}
