import type { CreateView } from '../../googlesql/ast/definition.ts'
import { print } from '../../googlesql/print/print.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import type { PartRead } from '../part.ts'
import { isTemporary } from '../resolve/temporary-table.ts'
import { completeName } from '../table-name.ts'
import { withCompleteTables } from './complete-tables.ts'
import { entryOf, etagOf, madeColumns } from './entries.ts'
import type { ScriptState } from './state.ts'

/** A view, which the statements behind its definition read by its query, as they would read one that was there before. */
export function makeView(create: CreateView, read: PartRead, state: ScriptState): void {
  const ref = completeName(create.name, state.defaults)
  const id = tableId(ref)
  const { context, variables } = read.part
  if (variables.length > 0 || [...context.scans.values()].some(({ table }) => isTemporary(table))) {
    throw new Failure('query_invalid', {
      detail: `The view ${id} outlives the script, and so it cannot use a variable or a temporary table.`,
    })
  }
  const before = entryOf(ref, state)
  if (create.source.kind !== 'Query' || (create.ifNotExists && before.state === 'found')) return
  const columns = madeColumns(read, id)
  const viewQuery = print(withCompleteTables(create.source, context))
  const table: CatalogTable = {
    ...{ ref, kind: create.form === 'MATERIALIZED' ? 'materialized_view' : 'view', columns, viewQuery },
    ...{ etag: etagOf(columns, viewQuery), labels: {}, pseudoColumns: [], sizeBytes: 0 },
  }
  state.snapshot.tables.set(id, { state: 'found', table })
  state.made.set(id, 'made')
}
