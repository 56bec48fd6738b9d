import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import type { Context } from './context.ts'
import { MissingName } from './missing-name.ts'

/** A relation as the catalog has it. Throws `MissingName` where it was not asked for, and `unknown_name` where there is none. */
export function findTable(ref: TableRef, { snapshot }: Context): CatalogTable {
  const id = tableId(ref)
  const entry = snapshot.tables.get(id)
  if (entry === undefined) throw new MissingName('tables', ref)
  if (entry.state === 'found') return entry.table
  throw new Failure('unknown_name', { detail: `There is no table ${id}.`, suggestions: entry.nearest })
}
