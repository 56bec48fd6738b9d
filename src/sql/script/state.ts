import type { Call } from '../../googlesql/ast/movement.ts'
import type { Block } from '../../googlesql/ast/script.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import type { CatalogEntry, CatalogSnapshot, RoutineEntry } from '../../model/catalog.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import type { TableId } from '../../model/table-ref.ts'
import type { Account } from '../facts/account.ts'
import { newContext } from '../new-context.ts'
import type { Part } from '../part.ts'
import type { Environment } from '../resolve/context.ts'
import type { Column } from '../resolve/relation.ts'
import type { Spent } from '../resolve/spend.ts'
import type { TemporaryTable } from '../resolve/temporary-table.ts'
import type { NameDefaults } from '../table-name.ts'

/** What is known at one place of a script, in the order of its text; it is changed as the statements are read. */
export type ScriptState = {
  readonly defaults: NameDefaults
  readonly parameters: readonly QueryParameter[]
  /** The catalog as the statements so far have changed it. */
  readonly snapshot: CatalogSnapshot & {
    readonly tables: Map<TableId, CatalogEntry>
    readonly routines: Map<TableId, RoutineEntry>
  }
  /** Tables of datasets that the script makes or changes, and what came of each. */
  readonly made: Map<TableId, 'made' | 'dropped' | 'renamed'>
  readonly temporary: Map<string, TemporaryTable>
  /** All that was found, also in readings that another one replaced. */
  readonly accounts: Account[]
  readonly parts: Part[]
  /** The innermost first. */
  variables: readonly Column[]
  /** Whether the run may leave out what is read now. */
  isConditional: boolean
  isInLoop: boolean
  /** The procedures that are being called around this place, the outermost first. */
  calling: readonly TableId[]
  /** What stands for each call of a procedure: its statements, or the call by complete names. */
  readonly expansions: Map<Call, Block | Call>
  /** What all its statements may bring along, they share. */
  readonly spent: Spent
}

export function openState(
  snapshot: CatalogSnapshot,
  defaults: NameDefaults,
  parameters: readonly QueryParameter[],
): ScriptState {
  return {
    ...{ defaults, parameters, snapshot: ownCopy(snapshot), made: new Map() },
    ...{ temporary: new Map(), accounts: [], parts: [], variables: [] },
    ...{ isConditional: false, isInLoop: false, calling: [], expansions: new Map(), spent: { columns: 0 } },
  }
}

export function ownCopy(snapshot: CatalogSnapshot): ScriptState['snapshot'] {
  return { ...snapshot, tables: new Map(snapshot.tables), routines: new Map(snapshot.routines) }
}

/** The place that the next part is read in, with an account of its own. */
export function openPart(state: ScriptState, statement?: Statement): Environment {
  const { defaults, variables, temporary } = state
  const { calling: within, spent } = state
  const context = { ...newContext(state.snapshot, state.parameters), within, spent }
  state.accounts.push(statement === undefined ? { context } : { context, statement })
  return { context, defaults, commonTables: undefined, outer: undefined, variables, temporary }
}

/** Reads what the run may leave out. */
export function conditionally(state: ScriptState, read: () => void): void {
  const { isConditional } = state
  state.isConditional = true
  read()
  state.isConditional = isConditional
}
