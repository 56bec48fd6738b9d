import type { FunctionCall } from '../../googlesql/ast/call.ts'
import { type CatalogRoutine, type RoutineLanguage, routineName } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { FunctionClass } from '../../model/statement.ts'
import { resolveExpression, type Scope, scopeOf } from '../resolve/context.ts'
import { emptyFrom, mergeReads, noReads, type Value, withUse } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'
import { windowReads } from '../resolve/window.ts'
import { isSameType } from '../types/type-makers.ts'
import { bindArguments } from './bind-arguments.ts'
import { bodyEnvironment } from './body-environment.ts'
import { findRoutine } from './find-routine.ts'
import { placeArguments } from './place-arguments.ts'
import { functionBody, unfit } from './routine-body.ts'

/** A call of a function of a dataset: its body is read with the arguments in place, in the routine's own place. */
export function resolveRoutineCall(call: FunctionCall, scope: Scope): Value {
  const { context } = scope.env
  const routine = findRoutine(call.name, scope.env)
  if (routine.kind !== 'scalar_function' && routine.kind !== 'aggregate_function') {
    throw new Failure('query_invalid', {
      detail: `${routineName(routine)} is no function that an expression can call.`,
    })
  }
  refuseModifiers(call, routine)
  const values = placeArguments(call.args, routine).map(argument => resolveExpression(argument, scope))
  const parameters = bindArguments(routine, values)
  if (routine.language !== 'sql') return resolveProgramCall(call, routine, values, scope)
  context.functions.set(routineName(routine), 'sql_udf')
  const env = bodyEnvironment(routine, parameters, scope.env)
  const body = functionBody(routine)
  const value = resolveExpression(body, scopeOf(env, emptyFrom))
  const result = settled({ ...value, name: undefined })
  const type = routine.returns ?? result.type
  context.calls.set(call, { routine, parameters, body, type, castTo: castOf(value, type) })
  const window = call.over === undefined ? noReads : withUse(windowReads(call.over, scope), 'window')
  return { type, reads: mergeReads(value.reads, window) }
}

const programs: Readonly<Partial<Record<RoutineLanguage, FunctionClass>>> = {
  javascript: 'javascript',
  python: 'python',
  remote: 'remote',
}

/** A program has no body that could be read. It sees its arguments alone, so that it is called as it is where policy grants its class. */
function resolveProgramCall(
  call: FunctionCall,
  routine: CatalogRoutine,
  values: readonly Value[],
  { env: { context } }: Scope,
): Value {
  const functionClass = programs[routine.language]
  if (functionClass === undefined || routine.kind !== 'scalar_function' || routine.returns === undefined) {
    throw unfit(routine, 'is not one that Sluice knows how to call')
  }
  context.functions.set(routineName(routine), functionClass)
  context.kept.set(call, routine)
  return { type: routine.returns, reads: mergeReads(...values.map(({ reads }) => reads)) }
}

/** The declared type is what the body is cast to; a literal must not stay one. */
function castOf({ type: own, literal }: Value, type: ColumnType | undefined): ColumnType | undefined {
  const isOwn = own !== undefined && type !== undefined && isSameType(own, type)
  return isOwn && literal === undefined ? undefined : type
}

/** What changes which values are aggregated, or how errors come out, has no meaning on an expression in its place; a window has on its aggregates. */
function refuseModifiers(call: FunctionCall, routine: CatalogRoutine): void {
  const modifiers = [call.target, call.nulls, call.where, call.having, call.clamp, call.report, call.groupBy]
  const window = routine.kind === 'aggregate_function' && routine.language === 'sql' ? undefined : call.over
  const more = [call.groupHaving, call.limit, call.groupRows, window]
  const isPlain = [...modifiers, ...more].every(part => part === undefined) && call.orderBy.length === 0
  if (isPlain && !call.safe && !call.distinct) return
  throw new Failure('cannot_govern', {
    detail: `The call of ${routineName(routine)} has a clause beside its arguments, such as SAFE or DISTINCT.`,
    next: 'Call it with arguments alone.',
  })
}
