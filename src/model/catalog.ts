import type { ColumnType, StructField } from './column-type.ts'
import { type TableId, type TableRef, tableId } from './table-ref.ts'

export const relationKinds = ['table', 'view', 'materialized_view', 'external', 'snapshot', 'clone'] as const
export type RelationKind = (typeof relationKinds)[number]

/** A column as the catalog gives it; `tags` by leaf path from the table: `{ 'profile.phone': ['pii'] }`. */
export type CatalogColumn = {
  readonly name: string
  readonly type: ColumnType
  /** From BigQuery's policy tags and from the configured classifications. */
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly description?: string
  /** What is said of the column and of the fields inside it, by path: `{ 'profile.phone': … }`. */
  readonly fields?: Readonly<Record<string, FieldNote>>
}

/** The words of a field inside a column, and whether it must have a value. */
export type FieldNote = { readonly description?: string; readonly isRequired?: true }

/** How a table is kept, and since when; times in milliseconds since 1970. What queries mean does not depend on it. */
export type TableStorage = {
  readonly location?: string
  readonly createdAtMs?: number
  readonly changedAtMs?: number
  readonly expiresAtMs?: number
  /** Of its bytes, those that have not changed for 90 days. */
  readonly longTermBytes?: number
  readonly timePartitioning?: { readonly type?: string; readonly field?: string; readonly expirationMs?: number }
  readonly rangePartitioning?: {
    readonly field: string
    readonly range: { readonly start: number; readonly end: number; readonly interval: number }
  }
  readonly clustering?: readonly string[]
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
  readonly storage?: TableStorage
  /** Pseudo-columns that this relation has beside its columns, e.g. `_PARTITIONTIME`. */
  readonly pseudoColumns: readonly CatalogColumn[]
}

/** A dataset on its own. Who has access to it is policy's matter, and not looked at. */
export type CatalogDataset = {
  readonly project: string
  readonly dataset: string
  readonly location: string
  readonly etag: string
  readonly labels: Readonly<Record<string, string>>
  readonly description?: string
  readonly friendlyName?: string
  readonly createdAtMs?: number
  readonly changedAtMs?: number
  /** How long its tables, and parts of them, last where they do not say so themselves. */
  readonly tableExpirationMs?: number
  readonly partitionExpirationMs?: number
  /** `DEFAULT`, or in BigQuery's words how it comes from elsewhere. */
  readonly type?: string
  readonly timeTravelHours?: number
}

export const routineKinds = ['scalar_function', 'aggregate_function', 'table_function', 'procedure'] as const
export type RoutineKind = (typeof routineKinds)[number]

export const routineLanguages = ['sql', 'javascript', 'python', 'remote', 'other'] as const
/** What the body is written in; `remote` has none, and `other` is one that Sluice does not know. */
export type RoutineLanguage = (typeof routineLanguages)[number]

/** A parameter of a routine; no type where it takes any, as `ANY TYPE` does. */
export type RoutineParameter = {
  readonly name: string
  readonly type?: ColumnType
  readonly mode: 'in' | 'out' | 'inout'
  /** NOT AGGREGATE, of an aggregate function. */
  readonly isConstant: boolean
}

/** A function or procedure of a dataset. It is named as a table is; `etag` changes whenever anything here does. */
export type CatalogRoutine = {
  readonly ref: TableRef
  readonly kind: RoutineKind
  readonly language: RoutineLanguage
  readonly parameters: readonly RoutineParameter[]
  /** Absent where it follows from the body. */
  readonly returns?: ColumnType
  /** Of a table function that declares them. */
  readonly columns?: readonly StructField[]
  /** GoogleSQL, or the text of a program. */
  readonly body: string
  readonly etag: string
  readonly description?: string
}

/** `project.dataset.routine`, or the one part by which a text calls a routine of its own or of BigQuery's. */
export function routineName({ ref }: Pick<CatalogRoutine, 'ref'>): string {
  return ref.dataset === '' ? ref.table : tableId(ref)
}

/** What one analysis may see. A name that was asked for and does not exist maps to `missing` with names near it. */
export type CatalogEntry =
  | { readonly state: 'found'; readonly table: CatalogTable }
  | { readonly state: 'missing'; readonly nearest: readonly string[] }

export type RoutineEntry =
  | { readonly state: 'found'; readonly routine: CatalogRoutine }
  | { readonly state: 'missing'; readonly nearest: readonly string[] }

/** The catalog at one moment, as far as it was asked for. Keys are table ids; wildcard keys end in `*`. */
export type CatalogSnapshot = {
  readonly tables: ReadonlyMap<TableId, CatalogEntry>
  /** For a wildcard `p.d.prefix*`: every table it matches, the newest (whose schema BigQuery uses) first. */
  readonly wildcards: ReadonlyMap<TableId, readonly CatalogTable[]>
  /** Apart from tables, which may have the same names; those that a text makes for itself by one part in lower case. */
  readonly routines: ReadonlyMap<TableId, RoutineEntry>
}

/** What an analysis needs from the catalog: relations and routines by name, and wildcards as `prefix*` names. */
export type Wanted = { readonly [K in keyof CatalogSnapshot]: readonly TableRef[] }

export const nothingWanted: Wanted = { tables: [], wildcards: [], routines: [] }

export const emptySnapshot: CatalogSnapshot = { tables: new Map(), wildcards: new Map(), routines: new Map() }

/** What was known and what was asked for since. */
export function extendedSnapshot(known: CatalogSnapshot, found: CatalogSnapshot): CatalogSnapshot {
  return {
    tables: new Map([...known.tables, ...found.tables]),
    wildcards: new Map([...known.wildcards, ...found.wildcards]),
    routines: new Map([...known.routines, ...found.routines]),
  }
}
