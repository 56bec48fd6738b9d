import type { Brand } from '../base/brand.ts'
import type { RelationKind } from './catalog.ts'
import type { ColumnType } from './column-type.ts'
import type { TableId, TableRef } from './table-ref.ts'
import type { Destination, Transfer } from './transfer.ts'

export const statementClasses = [
  'read',
  'write',
  'ddl',
  'dcl',
  'export',
  'load',
  'call',
  'script',
  'transaction',
  'session',
  'metadata',
] as const
/** What a statement does, coarsely; `metadata` is a look at the catalog without SQL. */
export type StatementClass = (typeof statementClasses)[number]

export const accesses = ['read', 'write', 'create', 'alter', 'drop', 'truncate', 'export', 'grant', 'metadata'] as const
export type Access = (typeof accesses)[number]

export const columnUses = ['select', 'filter', 'join', 'group', 'order', 'aggregate', 'window', 'write'] as const
/** How a column reaches the answer. */
export type ColumnUse = (typeof columnUses)[number]

/**
 * One leaf of a used column: `email`, `profile.phone`, `addresses.city` (paths go through arrays).
 * Every leaf of a column that is touched at all is listed, so that masks cover the whole value; `uses` is empty for the
 * leaves the statement does not touch, and for columns it only names in `* EXCEPT`.
 */
export type ColumnAccess = {
  readonly name: string
  readonly type: ColumnType
  readonly tags: readonly string[]
  readonly uses: readonly ColumnUse[]
}

export const objectKinds = ['information_schema', 'wildcard', 'unknown', 'routine', 'model', 'dataset'] as const
export type ObjectKind = RelationKind | (typeof objectKinds)[number]

/** One relation that the statement touches. Base tables behind a view list the view's id in `via`. */
export type TableAccess = {
  readonly id: TableId
  readonly ref: TableRef
  readonly kind: ObjectKind
  readonly access: readonly Access[]
  readonly via: readonly TableId[]
  readonly columns: readonly ColumnAccess[]
  readonly etag: string
  readonly sizeBytes?: number
  readonly labels: Readonly<Record<string, string>>
}

export const functionClasses = [
  'scalar',
  'aggregate',
  'window',
  'generator',
  'nondeterministic',
  'session',
  'error',
  'external',
  'remote',
  'ml',
  'ai',
  'crypto_keys',
  'javascript',
  'python',
  'sql_udf',
  'table_function',
  'unknown',
] as const
export type FunctionClass = (typeof functionClasses)[number]

export type FunctionUse = { readonly name: string; readonly class: FunctionClass }

export const statementFeatures = [
  'time_travel',
  'table_sample',
  'wildcard_table',
  'information_schema',
  'pseudo_column',
  'recursive',
  'pipe',
  'pivot',
  'unpivot',
  'match_recognize',
  'system_variable',
  'multi_statement',
  'dynamic_sql',
  'masked_write',
  'unverified',
  'pii_predicate',
] as const
/** A construct that policy must grant by name. */
export type Feature = (typeof statementFeatures)[number]

/** One column of the answer; `lineage` are `table id + '.' + leaf path` that its values derive from. */
export type OutputColumn = {
  readonly name: string
  readonly type?: ColumnType
  readonly lineage: readonly string[]
  /** `table id + '.' + path` of the base column, or field of it, whose value this is without any change; of a view's column too. */
  readonly origins?: readonly string[]
}

/** BigQuery's statement type, and what the statement does, coarsely. */
export type StatementKind = { readonly kind: string; readonly class: StatementClass }

/** What a statement means, as far as policy and records care. The tree stays inside `sql/`. */
export type StatementFacts = {
  /** The client's own text. */
  readonly text: string
  /** sha256 (hex) of the canonical print: equal queries, equal fingerprints. */
  readonly fingerprint: string
  /** BigQuery's statement type: SELECT, INSERT, CREATE_TABLE_AS_SELECT, SCRIPT … */
  readonly kind: string
  readonly class: StatementClass
  /** Of a script: itself, and what the statements in it do. */
  readonly statements?: readonly StatementKind[]
  readonly tables: readonly TableAccess[]
  readonly functions: readonly FunctionUse[]
  readonly features: readonly Feature[]
  readonly outputs: readonly OutputColumn[]
  /** Files outside of BigQuery that it reads or writes. */
  readonly files?: readonly FileAccess[]
  /** Where a query's rows are written, beside what its text says. */
  readonly destination?: Destination
  /** What is done instead, where there is no SQL. */
  readonly transfer?: Transfer
}

export type TransferFacts = StatementFacts & { readonly transfer: Transfer }

/** A file, or several by a pattern, e.g. `gs://bucket/folder/*.csv`. */
export type FileAccess = { readonly uri: string; readonly access: 'read' | 'write' }

/** Minted only by `sql/analyze.ts`. */
export type Statement = Brand<StatementFacts, 'Statement'>
