import type { Argument, FunctionCall } from '../../googlesql/ast/call.ts'
import { Failure } from '../../model/failure.ts'
import { findFunction } from '../functions/find-function.ts'
import type { KnownFunction } from '../functions/known-function.ts'
import { callType } from '../functions/return-type.ts'
import { plainArgument } from '../plain-argument.ts'
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
  const values = resolveArguments(call, known, scope)
  const inside = mergeReads(...values.map(value => value.reads), modifierReads(call, scope))
  const own = known.class === 'aggregate' ? withUse(inside, 'aggregate') : inside
  const reads = call.over === undefined ? own : mergeReads(own, withUse(windowReads(call.over, scope), 'window'))
  return { ...callType(known, values), reads }
}

function builtInFunction(call: FunctionCall, scope: Scope): KnownFunction | undefined {
  const name = nameOf(call.name).toUpperCase()
  const known = findFunction(name)
  if (known !== undefined) scope.env.context.functions.set(name, known.class)
  return known
}

/** The target of a chained call is its first argument. Lambdas see the elements of the arrays before them. */
function resolveArguments({ target, args }: FunctionCall, known: KnownFunction, scope: Scope): readonly Value[] {
  const values = target === undefined ? [] : [resolveExpression(target, scope)]
  let at = values.length
  for (const argument of args) {
    const value = isWord(argument, known, at++) ? word : resolveArgument(argument, values, scope)
    if (value !== undefined) values.push(value)
  }
  return values
}

const word: Value = { type: undefined, reads: noReads }

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
    default: {
      const value = plainArgument(argument)
      if (value !== undefined) return resolveExpression(value, scope)
      throw new Failure('cannot_govern', { detail: 'A table, model or connection as an argument is not served.' })
    }
  }
}

function modifierReads(call: FunctionCall, scope: Scope): Reads {
  const { where, having, clamp, groupBy, groupHaving, orderBy, limit, groupRows } = call
  const reads: Reads[] = []
  for (const part of [where, having?.value, clamp?.low, clamp?.high, groupHaving, limit?.count]) {
    if (part !== undefined) reads.push(resolveExpression(part, scope).reads)
  }
  reads.push(...orderReads(orderBy, scope))
  if (groupBy !== undefined) reads.push(...resolveGrouping(groupBy, scope).map(key => key.value.reads))
  if (groupRows !== undefined) reads.push(...resolveSubquery(groupRows, scope).columns.map(column => column.reads))
  return mergeReads(...reads)
}
