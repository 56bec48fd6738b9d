import type { FunctionCall } from '../../googlesql/ast/call.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import type { CatalogRoutine } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { resolveExpression, type Scope, scopeOf } from '../resolve/context.ts'
import { emptyFrom, type Value } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'
import { isSameType } from '../types/type-makers.ts'
import { bindArguments } from './bind-arguments.ts'
import { bodyEnvironment } from './body-environment.ts'
import { findRoutine } from './find-routine.ts'
import { functionBody, unfit } from './routine-body.ts'

/** A call of a function of a dataset: its body is read with the arguments in place, in the routine's own place. */
export function resolveRoutineCall(call: FunctionCall, scope: Scope): Value {
  const { context } = scope.env
  const routine = findRoutine(call.name, scope.env)
  if (routine.kind !== 'scalar_function' && routine.kind !== 'aggregate_function') {
    throw new Failure('query_invalid', {
      detail: `${tableId(routine.ref)} is no function that an expression can call.`,
    })
  }
  refuseModifiers(call, routine)
  const args = call.args.map(argument => plainArgument(argument, routine))
  const parameters = bindArguments(
    routine,
    args.map(argument => resolveExpression(argument, scope)),
  )
  if (routine.language !== 'sql') throw unfit(routine, 'is not written in SQL, so that what it does cannot be checked')
  context.functions.set(tableId(routine.ref), 'sql_udf')
  const env = bodyEnvironment(routine, parameters, scope.env)
  const body = functionBody(routine)
  const value = resolveExpression(body, scopeOf(env, emptyFrom))
  const result = settled({ ...value, name: undefined })
  const type = routine.returns ?? result.type
  context.calls.set(call, { routine, parameters, body, type, castTo: castOf(value, type) })
  return { type, reads: value.reads }
}

/** The declared type is what the body is cast to; a literal must not stay one. */
function castOf({ type: own, literal }: Value, type: ColumnType | undefined): ColumnType | undefined {
  const isOwn = own !== undefined && type !== undefined && isSameType(own, type)
  return isOwn && literal === undefined ? undefined : type
}

export function plainArgument(argument: FunctionCall['args'][number], routine: CatalogRoutine): Expression {
  switch (argument.kind) {
    case 'StarArgument':
    case 'NamedArgument':
    case 'AliasedArgument':
    case 'Lambda':
    case 'TableArgument':
    case 'ModelArgument':
    case 'ConnectionArgument':
    case 'DescriptorArgument':
      throw new Failure('query_invalid', {
        detail: `${tableId(routine.ref)} takes plain expressions as its arguments.`,
      })
    default:
      return argument
  }
}

/** What belongs to aggregates and windows, or changes how errors come out, has no meaning on an expression in its place. */
function refuseModifiers(call: FunctionCall, { ref }: CatalogRoutine): void {
  const modifiers = [call.target, call.nulls, call.where, call.having, call.clamp, call.report, call.groupBy]
  const more = [call.groupHaving, call.limit, call.groupRows, call.over]
  const isPlain = [...modifiers, ...more].every(part => part === undefined) && call.orderBy.length === 0
  if (isPlain && !call.safe && !call.distinct) return
  throw new Failure('cannot_govern', {
    detail: `The call of ${tableId(ref)} has a clause beside its arguments, such as SAFE, DISTINCT or OVER.`,
    next: 'Call it with arguments alone.',
  })
}
