import type { CreateView } from '../../googlesql/ast/definition.ts'
import type { Path } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { print } from '../../googlesql/print/print.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { identifier } from '../govern/build.ts'
import type { PartRead } from '../part.ts'
import type { Context } from '../resolve/context.ts'
import { isTemporary } from '../resolve/temporary-table.ts'
import { completeName } from '../table-name.ts'
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

/** A view or a routine is read in its own place, where the defaults of this request complete nothing. */
export function withCompleteTables<N extends Node>(root: N, { resolutions, calls, tableCalls }: Context): N {
  const named = (id: string): Path => ({ kind: 'Path', parts: [identifier(id)], at })
  return rewrite(root, {
    TableReference: (node, original) => {
      const found = resolutions.get(original)
      if (found?.kind !== 'base' && found?.kind !== 'view') return node
      const { scan } = found.kind === 'base' ? found : found.view
      return { ...node, path: named(scan.id), alias: node.alias ?? identifier(found.alias) }
    },
    FunctionCall: (node, original) => {
      const called = calls.get(original)
      return called === undefined || called.routine.ref.dataset === ''
        ? node
        : { ...node, name: named(tableId(called.routine.ref)) }
    },
    TableFunction: (node, original) => {
      const called = tableCalls.get(original)
      return called === undefined || called.routine.ref.dataset === ''
        ? node
        : { ...node, name: named(tableId(called.routine.ref)) }
    },
  })
}
