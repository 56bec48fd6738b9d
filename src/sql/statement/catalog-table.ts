import type { Path } from '../../googlesql/ast/name.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Environment } from '../resolve/context.ts'
import { findTable } from '../resolve/find-table.ts'
import { findTemporary } from '../resolve/temporary-table.ts'
import { completeName, isSchemaView } from '../table-name.ts'

/** A relation that a statement names outside of FROM; it must be there. */
export function catalogTable(path: Path, env: Environment): CatalogTable {
  const { context, defaults } = env
  const temporary = findTemporary(path, env)
  if (temporary !== undefined) return temporary.table
  const ref = completeName(path, defaults)
  if (ref.table.endsWith('*') || isSchemaView(ref)) throw notATable(tableId(ref))
  return findTable(ref, context)
}

export function notATable(id: string): Failure {
  return new Failure('query_invalid', { detail: `${id} is not a table that a statement can change.` })
}
