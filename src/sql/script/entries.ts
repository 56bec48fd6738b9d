import type { CatalogColumn, CatalogEntry } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { type TableRef, tableId } from '../../model/table-ref.ts'
import type { PartRead } from '../part.ts'
import { MissingName } from '../resolve/missing-name.ts'
import { settled } from '../resolve/rows.ts'
import type { ScriptState } from './state.ts'

/** A name that the script gives to something, as the catalog and the script so far have it. */
export function entryOf(ref: TableRef, { snapshot }: ScriptState): CatalogEntry {
  const entry = snapshot.tables.get(tableId(ref))
  if (entry === undefined) throw new MissingName('tables', ref)
  return entry
}

/** The columns that a definition makes, which the statements behind it may name. */
export function madeColumns({ columns }: PartRead, name: string): readonly CatalogColumn[] {
  return columns
    .filter(({ isPseudo }) => isPseudo !== true)
    .map((column): CatalogColumn => {
      const { type } = settled(column)
      if (column.name !== undefined && type !== undefined) return { name: column.name, type, tags: {} }
      throw new Failure('cannot_govern', {
        detail: `The ${column.name === undefined ? 'name' : 'type'} of a column of ${name} is not known to Sluice.`,
        next: `Give every column of ${name} a name, and CAST it to its type.`,
      })
    })
}

/** Columns that have the name of one that was there before keep its tags. */
export function withTagsOf(columns: readonly CatalogColumn[], before: CatalogEntry): readonly CatalogColumn[] {
  if (before.state === 'missing') return columns
  return columns.map(column => {
    const old = before.table.columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase())
    return old === undefined ? column : { ...column, tags: { ...old.tags, ...column.tags } }
  })
}

/** Equal columns, equal readings: what a table is called says nothing of how it was made. */
export function etagOf(...parts: readonly unknown[]): string {
  return `made ${JSON.stringify(parts)}`
}
