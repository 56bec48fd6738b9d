import type { RoutineEntry } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import type { PartRead } from '../part.ts'
import { MissingName } from '../resolve/missing-name.ts'
import { isTemporary } from '../resolve/temporary-table.ts'
import { definedName, type RoutineDefinition, routineMadeBy } from '../routine/made-routine.ts'
import { withCompleteTables } from './complete-tables.ts'
import type { ScriptState } from './state.ts'

/** A function, which the statements behind its definition call as they would call one that was there before. */
export function makeRoutine(definition: RoutineDefinition, { part }: PartRead, state: ScriptState): void {
  const ref = definedName(definition, state.defaults)
  const isOwn = definition.scope !== undefined
  if ([...part.context.scans.values()].some(({ table }) => isTemporary(table))) {
    throw new Failure('cannot_govern', {
      detail: `The routine ${ref.table} uses a temporary table, which is not served.`,
    })
  }
  if (!isOwn && definition.ifNotExists && routineEntryOf(ref, state).state === 'found') return
  const routine = routineMadeBy(withCompleteTables(definition, part.context), ref)
  state.snapshot.routines.set(isOwn ? ref.table.toLowerCase() : tableId(ref), { state: 'found', routine })
}

/** A routine that the script names, as the catalog and the script so far have it. */
export function routineEntryOf(ref: TableRef, { snapshot }: ScriptState): RoutineEntry {
  const entry = snapshot.routines.get(tableId(ref))
  if (entry === undefined) throw new MissingName('routines', ref)
  return entry
}
