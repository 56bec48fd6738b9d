import type { CatalogColumn, CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import type { Context } from './context.ts'
import { MissingName } from './missing-name.ts'
import type { Scan } from './relation.ts'
import { scanOf } from './scan.ts'

const tableSuffix: CatalogColumn = { name: '_TABLE_SUFFIX', type: { kind: 'scalar', name: 'STRING' }, tags: {} }

/** `prefix*`: reads every table it matches, under the newest one's schema. */
export function wildcardScan(ref: TableRef, context: Context): Scan {
  context.features.add('wildcard_table')
  const matches = context.snapshot.wildcards.get(tableId(ref))
  if (matches === undefined) throw new MissingName('wildcards', ref)
  const [newest] = matches
  if (newest === undefined) {
    throw new Failure('unknown_name', { detail: `No table matches ${tableId(ref)}.` })
  }
  if (matches.some(table => table.viewQuery !== undefined)) {
    throw new Failure('cannot_govern', { detail: `${tableId(ref)} matches views, which wildcards do not read.` })
  }
  return scanOf(wildcardTable(ref, newest, matches), context, matches)
}

function wildcardTable(ref: TableRef, newest: CatalogTable, matches: readonly CatalogTable[]): CatalogTable {
  const sizes = matches.flatMap(({ sizeBytes }) => sizeBytes ?? [])
  return {
    ref,
    kind: 'table',
    columns: newest.columns,
    etag: matches.map(({ etag }) => etag).join(' '),
    labels: {},
    pseudoColumns: [tableSuffix, ...newest.pseudoColumns],
    ...(sizes.length < matches.length ? {} : { sizeBytes: sizes.reduce((sum, size) => sum + size, 0) }),
  }
}
