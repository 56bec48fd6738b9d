import type { CreateProcedure } from '../../googlesql/ast/routine.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { tableId } from '../../model/table-ref.ts'
import { noReads } from '../resolve/relation.ts'
import { definedName, routineMadeBy } from '../routine/made-routine.ts'
import { checkDefinition } from '../statement/routine.ts'
import { routineEntryOf } from './make-routine.ts'
import { openPart, ownCopy, type ScriptState } from './state.ts'

/** The statements of a procedure are governed where it is made, and again for each who calls it; none of them runs now. */
export function makeProcedure(
  definition: CreateProcedure,
  state: ScriptState,
  readAll: (statements: readonly Statement[], inner: ScriptState) => void,
): void {
  const ref = definedName(definition, state.defaults)
  const env = openPart(state, definition)
  checkDefinition(definition, ref, env)
  const routine = routineMadeBy(definition, ref)
  env.context.objects.push({ id: tableId(ref), ref, kind: 'routine', access: 'create' })
  const variables = routine.parameters.map(({ name, type }) => ({ name, type, reads: noReads }))
  const inner: ScriptState = {
    ...{ ...state, variables, snapshot: ownCopy(state.snapshot), made: new Map(state.made), temporary: new Map() },
    ...{ isConditional: false, isInLoop: false },
  }
  if (definition.body?.kind === 'Block') readAll([definition.body], inner)
  if (definition.ifNotExists && routineEntryOf(ref, state).state === 'found') return
  state.snapshot.routines.set(tableId(ref), { state: 'found', routine })
}
