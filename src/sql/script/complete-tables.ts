import type { Path } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import type { CatalogRoutine } from '../../model/catalog.ts'
import { tableId } from '../../model/table-ref.ts'
import { identifier } from '../govern/build.ts'
import type { Context } from '../resolve/context.ts'

/** A view or a routine is read in its own place, where the defaults of this request complete nothing. */
export function withCompleteTables<N extends Node>(root: N, { resolutions, calls, tableCalls }: Context): N {
  return rewrite(root, {
    TableReference: (node, original) => {
      const found = resolutions.get(original)
      if (found?.kind !== 'base' && found?.kind !== 'view') return node
      const { scan } = found.kind === 'base' ? found : found.view
      return { ...node, path: pathOf(scan.id), alias: node.alias ?? identifier(found.alias) }
    },
    FunctionCall: (node, original) => ({ ...node, name: nameOf(calls.get(original)) ?? node.name }),
    TableFunction: (node, original) => ({ ...node, name: nameOf(tableCalls.get(original)) ?? node.name }),
  })
}

/** A temporary function has its one name. */
function nameOf(called: { readonly routine: CatalogRoutine } | undefined): Path | undefined {
  return called === undefined || called.routine.ref.dataset === '' ? undefined : pathOf(tableId(called.routine.ref))
}

function pathOf(id: string): Path {
  return { kind: 'Path', parts: [identifier(id)], at }
}
