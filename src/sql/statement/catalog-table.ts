import type { Path } from '../../googlesql/ast/name.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Environment } from '../resolve/context.ts'
import { MissingTable } from '../resolve/missing-table.ts'
import { completeName } from '../table-name.ts'

/** A relation that a statement names outside of FROM; it must be there. */
export function catalogTable(path: Path, { context, defaults }: Environment): CatalogTable {
  const ref = completeName(path, defaults)
  const id = tableId(ref)
  if (ref.table.endsWith('*') || ref.table.startsWith('INFORMATION_SCHEMA.')) throw notATable(id)
  const entry = context.snapshot.tables.get(id)
  if (entry === undefined) throw new MissingTable(ref)
  if (entry.state === 'found') return entry.table
  throw new Failure('unknown_name', { detail: `There is no table ${id}.`, suggestions: entry.nearest })
}

export function notATable(id: string): Failure {
  return new Failure('query_invalid', { detail: `${id} is not a table that a statement can change.` })
}
