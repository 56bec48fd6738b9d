import type { Alter, AlterAction, RenameColumn, RenameTo } from '../../googlesql/ast/alteration.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { ColumnSchema } from '../../googlesql/ast/table-definition.ts'
import type { CatalogColumn, CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Environment } from '../resolve/context.ts'
import { findTemporary } from '../resolve/temporary-table.ts'
import { declaredColumns } from '../statement/declared-columns.ts'
import { completeName, pathParts, sameName } from '../table-name.ts'
import { entryOf, etagOf } from './entries.ts'
import type { ScriptState } from './state.ts'

/** What ALTER leaves there. What the policy says of a table or a column goes by its name, so that none is used after a new one. */
export function alterTable({ name, actions }: Alter, env: Environment, state: ScriptState): void {
  if (name === undefined) return
  if (findTemporary(name, env) !== undefined) {
    throw new Failure('statement_unsupported', { detail: 'ALTER of a temporary table is not served.' })
  }
  const ref = completeName(name, state.defaults)
  const entry = ref.table === '' ? undefined : entryOf(ref, state)
  if (entry?.state !== 'found') return
  const id = tableId(ref)
  const columns = actions.reduce<readonly CatalogColumn[]>(alterColumns, entry.table.columns)
  const table: CatalogTable = { ...entry.table, columns, etag: etagOf(entry.table.etag, columns) }
  const renaming = actions.find((action): action is RenameTo => action.kind === 'RenameTo')
  const hasNewNames = renaming !== undefined || actions.some(({ kind }) => kind === 'RenameColumn')
  const moved = renaming === undefined ? ref : { ...ref, table: pathParts(renaming.name).at(-1) ?? '' }
  if (renaming !== undefined) {
    state.snapshot.tables.set(id, { state: 'missing', nearest: [] })
    state.made.set(id, 'dropped')
  }
  const change = hasNewNames ? 'renamed' : (state.made.get(id) ?? 'made')
  state.snapshot.tables.set(tableId(moved), { state: 'found', table: { ...table, ref: moved } })
  state.made.set(tableId(moved), change)
}

function alterColumns(columns: readonly CatalogColumn[], action: AlterAction): readonly CatalogColumn[] {
  switch (action.kind) {
    case 'AddColumn': {
      const { name, schema } = action.column
      const isThere = columns.some(column => sameName(column.name, name.text))
      return isThere ? columns : [...columns, columnOf(name, schema)]
    }
    case 'DropColumn':
      return columns.filter(({ name }) => !sameName(name, action.name.text))
    case 'RenameColumn':
      return columns.map(column => renamed(column, action))
    case 'AlterColumn': {
      const { name, change } = action
      if (change.kind !== 'SetType') return columns
      return columns.map(column => {
        return sameName(column.name, name.text) ? { ...columnOf(name, change.schema), tags: column.tags } : column
      })
    }
    default:
      return columns
  }
}

function renamed(column: CatalogColumn, { from, to }: RenameColumn): CatalogColumn {
  return sameName(column.name, from.text) ? { ...column, name: to.text } : column
}

function columnOf(name: Identifier, schema: ColumnSchema): CatalogColumn {
  const [declared] = declaredColumns([{ kind: 'ColumnDefinition', name, schema, at: name.at }])
  if (declared?.type !== undefined) return { name: declared.name, type: declared.type, tags: {} }
  throw new Failure('cannot_govern', { detail: `The type of the column ${name.text} is not known to Sluice.` })
}
