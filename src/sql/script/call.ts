import type { Expression } from '../../googlesql/ast/expression.ts'
import type { Call } from '../../googlesql/ast/movement.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Block, Declare, SetVariable } from '../../googlesql/ast/script.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { type CatalogRoutine, type RoutineParameter, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { identifier, typeTree } from '../govern/build.ts'
import { isNamed } from '../resolve/lookup.ts'
import { findRoutine } from '../routine/find-routine.ts'
import { placeArguments } from '../routine/place-arguments.ts'
import { unfit } from '../routine/routine-body.ts'
import { isSystemProcedure } from '../routine/system-procedure.ts'
import { readSystemCall } from './call-system.ts'
import { inlinedBody } from './procedure-body.ts'
import { openPart, type ScriptState } from './state.ts'

/** BigQuery's own bound of views, and of what leads to them. */
const maxDepth = 16

/**
 * A call of a procedure is the block of its statements, with its parameters as variables: what runs is what was read, and
 * each statement in it is governed for who calls it.
 */
export function readCall(call: Call, state: ScriptState, read: (block: Block, inner: ScriptState) => void): void {
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
  const block = known?.kind === 'Block' ? known : blockOf(call, routine, state)
  state.expansions.set(call, block)
  const { calling } = state
  state.calling = [...calling, id]
  read(block, state)
  state.calling = calling
}

function blockOf(call: Call, routine: CatalogRoutine, state: ScriptState): Block {
  const { parameters } = routine
  const args = placeArguments(call.args, routine)
  const body = inlinedBody(routine, state.defaults.project)
  const declared = parameters.map((parameter, index) => declareParameter(parameter, args[index]))
  const returned = parameters.flatMap((parameter, index) => {
    return parameter.mode === 'in' ? [] : [assignTo(variableOf(args[index], routine), parameter)]
  })
  const block: Block = {
    ...{ kind: 'Block', label: undefined, statements: [...declared, ...body, ...returned] },
    ...{ handler: undefined, at },
  }
  refuseSharedNames(block, routine, state)
  return block
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

/** BigQuery knows no two variables of one name in a block and those around it. */
function refuseSharedNames(block: Block, routine: CatalogRoutine, { variables }: ScriptState): void {
  const names = [
    ...nodesOf(block, 'Declare').flatMap(declare => declare.names),
    ...nodesOf(block, 'ForIn').map(({ variable }) => variable),
  ]
  const shared = names.find(({ text }) => variables.some(variable => isNamed(variable, text)))
  if (shared === undefined) return
  throw new Failure('cannot_govern', {
    detail: `${routineName(routine)} has a variable ${shared.text}, as the script has that calls it.`,
    next: 'Give the variable of the script another name.',
  })
}
