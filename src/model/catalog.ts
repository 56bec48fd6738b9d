import type { ColumnType } from './column-type.ts'
import type { TableId, TableRef } from './table-ref.ts'

export const relationKinds = ['table', 'view', 'materialized_view', 'external', 'snapshot', 'clone'] as const
export type RelationKind = (typeof relationKinds)[number]

/** A column as the catalog gives it; `tags` by leaf path from the table: `{ 'profile.phone': ['pii'] }`. */
export type CatalogColumn = {
  readonly name: string
  readonly type: ColumnType
  /** From BigQuery's policy tags and from the configured classifications. */
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly description?: string
}

/** One relation. `etag` changes whenever anything here does; caches of analysis and verification key on it. */
export type CatalogTable = {
  readonly ref: TableRef
  readonly kind: RelationKind
  readonly columns: readonly CatalogColumn[]
  readonly etag: string
  /** GoogleSQL text of a view's query; absent for tables. */
  readonly viewQuery?: string
  readonly sizeBytes?: number
  readonly rowCount?: number
  readonly labels: Readonly<Record<string, string>>
  readonly description?: string
  /** Pseudo-columns that this relation has beside its columns, e.g. `_PARTITIONTIME`. */
  readonly pseudoColumns: readonly CatalogColumn[]
}

/** What one analysis may see. A name that was asked for and does not exist maps to `missing` with names near it. */
export type CatalogEntry =
  | { readonly state: 'found'; readonly table: CatalogTable }
  | { readonly state: 'missing'; readonly nearest: readonly string[] }

/** The catalog at one moment, as far as it was asked for. Keys are table ids; wildcard keys end in `*`. */
export type CatalogSnapshot = {
  readonly tables: ReadonlyMap<TableId, CatalogEntry>
  /** For a wildcard `p.d.prefix*`: every table it matches, the newest (whose schema BigQuery uses) first. */
  readonly wildcards: ReadonlyMap<TableId, readonly CatalogTable[]>
}

/** What an analysis needs from the catalog: relations by name, and wildcards as `prefix*` names. */
export type WantedTables = { readonly tables: readonly TableRef[]; readonly wildcards: readonly TableRef[] }

export const emptySnapshot: CatalogSnapshot = { tables: new Map(), wildcards: new Map() }
