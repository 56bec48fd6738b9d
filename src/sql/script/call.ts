import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Call } from '../../googlesql/ast/movement.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Block, Break, Declare, SetVariable } from '../../googlesql/ast/script.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { type CatalogRoutine, type RoutineParameter, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { identifier, typeTree } from '../govern/build.ts'
import { findRoutine } from '../routine/find-routine.ts'
import { placeArguments } from '../routine/place-arguments.ts'
import { unfit } from '../routine/routine-body.ts'
import { isSystemProcedure } from '../routine/system-procedure.ts'
import { readSystemCall } from './call-system.ts'
import { type ReadBlock, withOwnNames } from './own-names.ts'
import { inlinedBody } from './procedure-body.ts'
import { openPart, type ScriptState } from './state.ts'

/** BigQuery's own bound of views, and of what leads to them. */
const maxDepth = 16

/**
 * A call of a procedure is the block of its statements, with its parameters as variables: what runs is what was read, and
 * each statement in it is governed for who calls it.
 */
export function readCall(call: Call, state: ScriptState, read: ReadBlock): void {
  if (isSystemProcedure(call)) {
    readSystemCall(call, state)
    return
  }
  const routine = findRoutine(call.name, openPart(state))
  const id = routineName(routine)
  if (routine.kind !== 'procedure') throw new Failure('query_invalid', { detail: `${id} is no procedure.` })
  if (state.calling.includes(id) || state.calling.length >= maxDepth)
    throw unfit(routine, 'leads to itself, or too deep')
  const known = state.expansions.get(call)
  const block = known?.kind === 'Block' ? known : blockOf(call, routine, state, read)
  state.expansions.set(call, block)
  const { calling } = state
  state.calling = [...calling, id]
  read(block, state)
  state.calling = calling
}

function blockOf(call: Call, routine: CatalogRoutine, state: ScriptState, read: ReadBlock): Block {
  const { parameters } = routine
  const args = placeArguments(call.args, routine)
  const statements = endedByReturn(inlinedBody(routine, state.defaults.project), state)
  const { body, nameOf } = withOwnNames(blockWith(statements), routine, state, read)
  const own = parameters.map(parameter => ({ ...parameter, name: nameOf(parameter.name) }))
  const declared = own.map((parameter, index) => declareParameter(parameter, args[index]))
  const returned = own.flatMap((parameter, index) => {
    return parameter.mode === 'in' ? [] : [assignTo(variableOf(args[index], routine), parameter)]
  })
  return blockWith([...declared, ...body.statements, ...returned])
}

function blockWith(statements: readonly Statement[]): Block {
  return { kind: 'Block', label: undefined, statements, handler: undefined, at }
}

/** RETURN ends the procedure, and its caller goes on: it leaves a block around the statements. */
function endedByReturn(statements: readonly Statement[], { calling }: ScriptState): readonly Statement[] {
  const body = blockWith(statements)
  if (nodesOf(body, 'Return').length === 0) return statements
  const label = identifier(`_sl_call_${calling.length + 1}`)
  const leaving = rewrite(body, {
    Return: (): Break => ({ kind: 'Break', label, at }),
    CreateProcedure: (_, original) => original,
  })
  return [{ ...leaving, label }]
}

function declareParameter({ name, type, mode }: RoutineParameter, argument: Expression | undefined): Declare {
  const value = mode === 'out' ? undefined : argument
  return { kind: 'Declare', names: [identifier(name)], type: type && typeTree(type), default: value, at }
}

function assignTo(variable: Identifier, { name }: RoutineParameter): SetVariable {
  const value: Expression = { kind: 'PathExpression', parts: [identifier(name)], at }
  return { kind: 'SetVariable', targets: [variable], tuple: false, value, at }
}

function variableOf(argument: Expression | undefined, routine: CatalogRoutine): Identifier {
  if (argument?.kind === 'PathExpression' && argument.parts.length === 1) return argument.parts[0]
  throw new Failure('query_invalid', {
    detail: `${routineName(routine)} answers in its arguments, so that a variable must stand there.`,
  })
}
