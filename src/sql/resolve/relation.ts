import type { CatalogTable } from '../../model/catalog.ts'
import type { ColumnUse } from '../../model/statement.ts'
import type { TableId } from '../../model/table-ref.ts'
import type { Typed } from '../types/typed.ts'

/** One relation of the catalog that the statement reads, and what is used of it, by leaf path. */
export type Scan = {
  readonly id: TableId
  readonly table: CatalogTable
  /** Uses by leaf path; a path that is only named has an empty set. */
  readonly uses: Map<string, Set<ColumnUse>>
  /** Views through which this relation is read. */
  readonly via: Set<TableId>
  isNamedDirectly: boolean
  /** It stands for the table that a statement changes, which is read in its place and so apart from all other reads of it. */
  readonly isTarget?: true
  /** What a wildcard stands for. */
  readonly matches?: readonly CatalogTable[]
}

/** A leaf of a base relation. */
export type Leaf = { readonly scan: Scan; readonly path: string }

/** What a value derives from: leaves, each with the uses it went through on its way. Keys are `table id + '.' + path`, and none that others have for targets. */
export type Reads = ReadonlyMap<string, Read>
export type Read = { readonly leaf: Leaf; readonly uses: ReadonlySet<ColumnUse> }

export const noReads: Reads = new Map()

/** A column, or a field of one, that a value is without any change. */
export type Origin = { readonly scan: Scan; readonly path: string }

/** What an expression yields. */
export type Value = Typed & {
  readonly reads: Reads
  /** The column of a view and the column behind it are one value. */
  readonly origins?: readonly Origin[]
}

/** A column of a relation on its way through the query; without a name it is anonymous. */
export type Column = Value & {
  readonly name: string | undefined
  /** Visible by name but not part of `*`. */
  readonly isPseudo?: boolean
}

/** What a query, a table or a FROM item yields. `isValue`: its rows are values and not structs of columns. */
export type Relation = {
  readonly columns: readonly Column[]
  readonly isValue?: boolean
  /** What a query that begins with FROM goes on to name, where it stands in FROM itself and has no name. */
  readonly from?: FromScope
}

/** A name for rows in FROM: `users AS u`. */
export type Range = Relation & { readonly name: string | undefined }

/** All that FROM brings into scope; `star` is what `*` stands for, with the columns of USING merged. */
export type FromScope = {
  readonly ranges: readonly Range[]
  readonly star: readonly Column[]
  /** What a pipe hands on, where that is another: rows that are structs are one column of it. */
  readonly whole?: readonly Column[]
}

export const emptyFrom: FromScope = { ranges: [], star: [] }

export function mergeReads(...all: readonly Reads[]): Reads {
  let first = noReads
  let merged: Map<string, Read> | undefined
  for (const reads of all) {
    if (reads.size === 0 || reads === first) continue
    if (first.size === 0) first = reads
    else {
      merged ??= new Map(first)
      for (const [key, read] of reads) merged.set(key, together(merged.get(key), read))
    }
  }
  return merged ?? first
}

function together(known: Read | undefined, read: Read): Read {
  if (known === undefined || known === read || known.uses.size === 0) return read
  return { leaf: read.leaf, uses: new Set([...known.uses, ...read.uses]) }
}

/** The same leaves, having gone through one more use. */
export function withUse(reads: Reads, use: ColumnUse): Reads {
  if (reads.size === 0) return reads
  const used = new Map<string, Read>()
  for (const [key, { leaf, uses }] of reads) used.set(key, { leaf, uses: new Set([...uses, use]) })
  return used
}

/** Puts the uses on record: these leaves take part in the answer. */
export function realize(reads: Reads, use: ColumnUse): void {
  for (const { leaf, uses } of reads.values()) {
    const marks = leaf.scan.uses.get(leaf.path) ?? new Set()
    if (marks.size === 0) leaf.scan.uses.set(leaf.path, marks)
    for (const each of uses) marks.add(each)
    marks.add(use)
  }
}
