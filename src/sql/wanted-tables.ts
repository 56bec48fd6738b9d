import type { Script } from '../googlesql/ast/script.ts'
import type { CatalogSnapshot, CatalogTable, WantedTables } from '../model/catalog.ts'
import type { Access } from '../model/statement.ts'
import { type TableId, type TableRef, tableId } from '../model/table-ref.ts'
import type { NamedPath } from './named-by.ts'
import { namedPaths } from './named-tables.ts'
import { viewQuery } from './resolve/view.ts'
import { completeName, type NameDefaults } from './table-name.ts'

type NamedTable = { readonly id: TableId; readonly ref: TableRef; readonly access: Access }

/** Tables by their complete names. */
function complete(named: readonly NamedPath[], defaults: NameDefaults): readonly NamedTable[] {
  return named.map(({ path, access }) => {
    const ref = completeName(path, defaults)
    return { id: tableId(ref), ref, access }
  })
}

/** What must still be asked of the catalog for the tables that a script names and for the views it leads to; undefined when all is known. */
export function wantedFor(
  named: readonly NamedPath[],
  snapshot: CatalogSnapshot,
  defaults: NameDefaults,
): WantedTables | undefined {
  const wanted = new Map<TableId, TableRef>()
  const seen = new Set<TableId>()
  const visit = (tables: readonly NamedTable[]): void => {
    for (const { id, ref } of tables) {
      if (seen.has(id) || ref.table.startsWith('INFORMATION_SCHEMA.')) continue
      seen.add(id)
      if (isUnknown(id, ref, snapshot)) wanted.set(id, ref)
      const entry = snapshot.tables.get(id)
      if (entry?.state === 'found' && entry.table.viewQuery !== undefined) visit(namedInView(entry.table))
    }
  }
  visit(complete(named, defaults))
  if (wanted.size === 0) return undefined
  const refs = [...wanted.values()]
  return {
    tables: refs.filter(ref => !ref.table.endsWith('*')),
    wildcards: refs.filter(ref => ref.table.endsWith('*')),
  }
}

function isUnknown(id: TableId, ref: TableRef, snapshot: CatalogSnapshot): boolean {
  return ref.table.endsWith('*') ? !snapshot.wildcards.has(id) : !snapshot.tables.has(id)
}

function namedInView(view: CatalogTable): readonly NamedTable[] {
  const query = viewQuery(view)
  const statement = { kind: 'QueryStatement', query, at: query.at } as const
  const script: Script = { kind: 'Script', statements: [statement], at: query.at }
  return complete(namedPaths(script), { project: view.ref.project })
}
