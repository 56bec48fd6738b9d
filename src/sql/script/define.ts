import type { Drop } from '../../googlesql/ast/alteration.ts'
import type { Statement } from '../../googlesql/ast/statement.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Part, PartRead } from '../part.ts'
import type { Environment } from '../resolve/context.ts'
import { temporaryName } from '../resolve/temporary-table.ts'
import { completeName } from '../table-name.ts'
import { alterTable } from './alter-table.ts'
import { entryOf } from './entries.ts'
import { makeRoutine, routineEntryOf } from './make-routine.ts'
import { makeTable } from './make-table.ts'
import { fillTemporary, makeTemporary } from './make-temporary.ts'
import { makeView } from './make-view.ts'
import type { ScriptState } from './state.ts'

/** Notes what a statement changes for the statements behind it. */
export function define(statement: Statement, read: PartRead, env: Environment, state: ScriptState): void {
  switch (statement.kind) {
    case 'CreateTable':
      if (statement.scope === 'TEMP') {
        makeTemporary(statement, read, env, state)
        return
      }
      refuseConditional(statement.kind, state)
      makeTable(statement, read, env, state)
      return
    case 'CreateView':
      refuseConditional(statement.kind, state)
      makeView(statement, read, state)
      return
    case 'CreateFunction':
    case 'CreateTableFunction':
      refuseConditional(statement.kind, state)
      makeRoutine(statement, read, state)
      return
    case 'Alter':
      refuseConditional(statement.kind, state)
      alterTable(statement, env, state)
      return
    case 'Drop':
      drop(statement, state)
      return
    case 'Insert':
    case 'Update':
    case 'Merge':
      fillTemporary(statement.target, read.part, env, state)
      return
    default:
      return
  }
}

/** What is made only where there is nothing must find nothing when it runs, as it did when it was read. */
export function pinned(statement: Statement, state: ScriptState): Statement {
  if (!isMaking(statement) || !statement.ifNotExists || statement.scope === 'TEMP') return statement
  const ref = completeName(statement.name, state.defaults)
  const isRoutine = statement.kind !== 'CreateTable' && statement.kind !== 'CreateView'
  const { state: found } = isRoutine ? routineEntryOf(ref, state) : entryOf(ref, state)
  return found === 'found' ? statement : { ...statement, ifNotExists: false }
}

const places = {
  ...{ CreateTable: 'CREATE TABLE', CreateView: 'CREATE VIEW', Alter: 'ALTER' },
  ...{
    CreateFunction: 'CREATE FUNCTION',
    CreateTableFunction: 'CREATE TABLE FUNCTION',
    CreateProcedure: 'CREATE PROCEDURE',
  },
} as const

type Making = Extract<
  Statement,
  { readonly kind: keyof typeof places; readonly ifNotExists: boolean; readonly scope: unknown }
>

function isMaking(statement: Statement): statement is Making {
  return statement.kind in places && statement.kind !== 'Alter'
}

/** The statements behind it must know what the table is, and whether this one ran is known to the run alone. */
export function refuseConditional(kind: keyof typeof places, { isConditional }: ScriptState): void {
  if (!isConditional) return
  throw new Failure('cannot_govern', {
    detail: `${places[kind]} is not served inside of IF, CASE, a loop, a block with a label or one with EXCEPTION.`,
    next: 'Put it before the control flow, or use a temporary table there.',
  })
}

/** A table that may still be there is known as it was: what is on it stays on it. */
function drop({ object, name }: Drop, state: ScriptState): void {
  if (state.isConditional) return
  const own = temporaryName(name)
  if (object === 'TABLE' && own !== undefined && state.temporary.delete(own)) return
  if (routines.has(object)) {
    state.snapshot.routines.set(tableId(completeName(name, state.defaults)), { state: 'missing', nearest: [] })
  }
  if (!relations.has(object)) return
  const id = tableId(completeName(name, state.defaults))
  state.snapshot.tables.set(id, { state: 'missing', nearest: [] })
  state.made.set(id, 'dropped')
}

const routines: ReadonlySet<Drop['object']> = new Set(['FUNCTION', 'TABLE FUNCTION', 'PROCEDURE'] as const)
const relations: ReadonlySet<Drop['object']> = new Set([
  ...(['TABLE', 'SNAPSHOT TABLE', 'EXTERNAL TABLE', 'VIEW', 'MATERIALIZED VIEW'] as const),
])

/** What is read must be what the script's own statements leave there. */
export function refuseChanged({ context }: Part, { made }: ScriptState): void {
  for (const scan of [...context.scans.values(), ...context.targets.map(({ scan }) => scan)]) {
    if (made.get(scan.id) === 'renamed') {
      throw refused(`${scan.id} gets another name, for itself or a column, and is used after that`)
    }
    const { id, matches } = scan
    const isHit = matches !== undefined && [...made.keys()].some(name => name.startsWith(id.slice(0, -1)))
    if (isHit) throw refused(`the wildcard ${id} matches a table that the script itself makes or changes`)
  }
  for (const [{ systemTime }, resolution] of context.resolutions) {
    if (systemTime === undefined || resolution.kind !== 'base' || !made.has(resolution.scan.id)) continue
    throw refused(`FOR SYSTEM_TIME looks at ${resolution.scan.id} as it was before the script changed it`)
  }
}

function refused(what: string): Failure {
  return new Failure('cannot_govern', {
    detail: `In this script ${what}.`,
    next: 'Send the statements that read it as a request of their own.',
  })
}
