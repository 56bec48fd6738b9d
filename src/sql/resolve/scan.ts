import type { CatalogTable } from '../../model/catalog.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Context } from './context.ts'
import type { Scan } from './relation.ts'

/** The one account of what is used of a relation, made when it is first read. */
export function scanOf(table: CatalogTable, context: Context, matches?: readonly CatalogTable[]): Scan {
  const id = tableId(table.ref)
  const scan = context.scans.get(id) ?? newScan(table, matches)
  context.scans.set(id, scan)
  scan.isNamedDirectly ||= context.within.length === 0
  for (const view of context.within) scan.via.add(view)
  return scan
}

function newScan(table: CatalogTable, matches: readonly CatalogTable[] | undefined): Scan {
  const scan = { id: tableId(table.ref), table, uses: new Map(), via: new Set<string>(), isNamedDirectly: false }
  return matches === undefined ? scan : { ...scan, matches }
}
