import type { Argument, FunctionCall, Window } from '../../googlesql/ast/call.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import type { OrderItem } from '../../googlesql/ast/grouping.ts'
import { Failure } from '../../model/failure.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { findFunction, nearestFunctions } from '../functions/find-function.ts'
import type { KnownFunction } from '../functions/known-function.ts'
import type { Scope } from './context.ts'
import { resolveExpression, resolveSubquery } from './expression.ts'
import { elementOf } from './leaves.ts'
import { type Column, mergeReads, type Reads, type Value, withUse } from './relation.ts'
import { resolveGrouping } from './grouping.ts'

/** A call: its function must be known; what its arguments derive from, it derives from. */
export function resolveCall(call: FunctionCall, scope: Scope): Value {
  const known = knownFunction(call, scope)
  const target = call.target === undefined ? [] : [resolveExpression(call.target, scope)]
  const args = resolveArguments(call, target[0], scope)
  const isAggregate = known.class === 'aggregate'
  const inside = mergeReads(...target.map(value => value.reads), ...args.map(value => value.reads), modifierReads(call, scope))
  const reads = mergeReads(
    isAggregate ? withUse(inside, 'aggregate') : inside,
    call.over === undefined ? new Map() : withUse(windowReads(call.over, scope), 'window'),
  )
  return { type: returnType(known, [...target, ...args]), reads }
}

function knownFunction(call: FunctionCall, scope: Scope): KnownFunction {
  const name = call.name.parts.map(part => part.text).join('.').toUpperCase()
  const known = findFunction(name)
  if (known === undefined) {
    throw new Failure('unknown_name', {
      detail: `The function ${name} is not known to Sluice.`,
      suggestions: nearestFunctions(name),
      next: 'Use a built-in function of BigQuery, or write the expression out.',
    })
  }
  scope.env.context.functions.set(name, known.class)
  return known
}

/** Lambdas see the elements of the arrays before them. */
function resolveArguments(call: FunctionCall, target: Value | undefined, scope: Scope): readonly Value[] {
  const values: Value[] = []
  for (const argument of call.args) {
    const before = [...(target === undefined ? [] : [target]), ...values]
    const value = resolveArgument(argument, before, scope)
    if (value !== undefined) values.push(value)
  }
  return values
}

function resolveArgument(argument: Argument, before: readonly Value[], scope: Scope): Value | undefined {
  switch (argument.kind) {
    case 'StarArgument':
      return undefined
    case 'NamedArgument':
      return resolveArgument(argument.value, before, scope)
    case 'AliasedArgument':
      return resolveExpression(argument.value, scope)
    case 'Lambda': {
      const element = elementOf(before[0] ?? { type: undefined, reads: new Map() })
      const all = mergeReads(...before.map(value => value.reads))
      const locals = argument.parameters.map((name, index): Column => {
        return index === 0 ? { name: name.text, ...element } : { name: name.text, type: undefined, reads: all }
      })
      return resolveExpression(argument.body, { ...scope, locals: [...locals, ...(scope.locals ?? [])] })
    }
    case 'TableArgument':
    case 'ModelArgument':
    case 'ConnectionArgument':
    case 'DescriptorArgument':
      throw new Failure('cannot_govern', { detail: 'A table, model or connection as an argument is not served.' })
    default:
      return resolveExpression(argument, scope)
  }
}

function modifierReads(call: FunctionCall, scope: Scope): Reads {
  const parts: (Expression | undefined)[] = [call.where, call.having?.value, call.clamp?.low, call.clamp?.high]
  const present = [...parts, call.groupHaving, call.limit?.count].filter(part => part !== undefined)
  const reads = [
    ...present.map(part => resolveExpression(part, scope).reads),
    ...orderReads(call.orderBy, scope),
    ...(call.groupBy === undefined ? [] : resolveGrouping(call.groupBy, scope).map(value => value.reads)),
  ]
  if (call.groupRows !== undefined) reads.push(...resolveSubquery(call.groupRows, scope).columns.map(column => column.reads))
  return mergeReads(...reads)
}

function orderReads(items: readonly OrderItem[], scope: Scope): readonly Reads[] {
  return items.map(item => resolveExpression(item.value, scope).reads)
}

/** A named window's own columns are read where it is defined. */
export function windowReads(window: Window, scope: Scope): Reads {
  const bounds = [window.frame?.start.distance, window.frame?.end?.distance].filter(bound => bound !== undefined)
  const parts = [...window.partitionBy, ...bounds].map(part => resolveExpression(part, scope).reads)
  return mergeReads(...parts, ...orderReads(window.orderBy, scope))
}

function returnType(known: KnownFunction, args: readonly Value[]): ColumnType | undefined {
  const first = args[0]?.type
  switch (known.returns) {
    case undefined:
      return undefined
    case 'first':
      return first ?? args.find(value => value.type !== undefined)?.type
    case 'second':
      return args[1]?.type ?? args[2]?.type
    case 'array of first':
      return first && { kind: 'array', element: first }
    case 'element of first':
      return first?.kind === 'array' ? first.element : undefined
    default:
      return known.returns
  }
}
