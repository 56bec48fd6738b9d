import type { Argument, FunctionCall } from '../../googlesql/ast/call.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import { Failure } from '../../model/failure.ts'
import { findFunction } from '../functions/find-function.ts'
import type { KnownFunction } from '../functions/known-function.ts'
import { callType } from '../functions/return-type.ts'
import { nameOf } from '../routine/named-routines.ts'
import { resolveRoutineCall } from '../routine/resolve-routine-call.ts'
import { resolveExpression, resolveSubquery, type Scope } from './context.ts'
import { resolveGrouping } from './grouping.ts'
import { elementOf } from './leaves.ts'
import { type Column, mergeReads, noReads, type Reads, type Value, withUse } from './relation.ts'
import { orderReads, windowReads } from './window.ts'

/** A call: its function must be known, or be one of a dataset; what its arguments derive from, it derives from. */
export function resolveCall(call: FunctionCall, scope: Scope): Value {
  const known = builtInFunction(call, scope)
  if (known === undefined) return resolveRoutineCall(call, scope)
  const target = call.target === undefined ? [] : [resolveExpression(call.target, scope)]
  const args = resolveArguments(call, known, target, scope)
  const isAggregate = known.class === 'aggregate'
  const inside = mergeReads(
    ...target.map(value => value.reads),
    ...args.map(value => value.reads),
    modifierReads(call, scope),
  )
  const reads = mergeReads(
    isAggregate ? withUse(inside, 'aggregate') : inside,
    call.over === undefined ? noReads : withUse(windowReads(call.over, scope), 'window'),
  )
  return { ...callType(known, [...target, ...args]), reads }
}

function builtInFunction(call: FunctionCall, scope: Scope): KnownFunction | undefined {
  const name = nameOf(call.name).toUpperCase()
  const known = findFunction(name)
  if (known !== undefined) scope.env.context.functions.set(name, known.class)
  return known
}

/** Lambdas see the elements of the arrays before them. */
function resolveArguments(
  call: FunctionCall,
  known: KnownFunction,
  target: readonly Value[],
  scope: Scope,
): readonly Value[] {
  const values: Value[] = []
  for (const [index, argument] of call.args.entries()) {
    const value = isWord(argument, known, target.length + index)
      ? { type: undefined, reads: noReads }
      : resolveArgument(argument, [...target, ...values], scope)
    if (value !== undefined) values.push(value)
  }
  return values
}

/** `MONTH` and `WEEK(MONDAY)` are words of the language where a function takes a part of a date. */
function isWord(argument: Argument, { word }: KnownFunction, at: number): boolean {
  if (word?.at !== at) return false
  const isName = argument.kind === 'PathExpression' && argument.parts.length === 1
  const isCall = argument.kind === 'FunctionCall' && argument.args.every(({ kind }) => kind === 'PathExpression')
  const name = isName ? argument.parts[0].text : isCall ? argument.name.parts[0].text : ''
  return word.words.includes(name.toUpperCase())
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
      const element = elementOf(before[0] ?? { type: undefined, reads: noReads })
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
    case 'TableCallArgument':
    case 'InputTableArgument':
    case 'ReplacedField':
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
    ...(call.groupBy === undefined ? [] : resolveGrouping(call.groupBy, scope).map(key => key.value.reads)),
  ]
  if (call.groupRows !== undefined)
    reads.push(...resolveSubquery(call.groupRows, scope).columns.map(column => column.reads))
  return mergeReads(...reads)
}
