import type { Brand } from '../base/brand.ts'
import type { CatalogRoutine, CatalogTable } from './catalog.ts'
import type { StructField } from './column-type.ts'
import type { ColumnMask, GuardedFilter } from './decision.ts'
import type { QueryParameter } from './parameter.ts'
import type { OutputColumn } from './statement.ts'
import type { TableId } from './table-ref.ts'

/** One table scan of the governed SQL, and what stands on it. */
export type PredictedScan = {
  readonly id: TableId
  /** The hoisted WITH entry that holds the scan; absent where the table is read bare. */
  readonly hoist?: string
  /** Top-level columns that the text names, in catalog order. */
  readonly columns: readonly string[]
}

/** What a mask or filter did, for the notices a client sees and for the record. */
export type AppliedPolicy = {
  readonly masks: readonly { readonly table: TableId; readonly column: string; readonly mask: ColumnMask }[]
  readonly filters: readonly { readonly table: TableId; readonly filter: GuardedFilter; readonly sql: string }[]
  readonly rowLimit?: number
}

/** Whether masks or filters stand between a query and its tables. */
export function isProtected({ applied }: Pick<GovernedText, 'applied'>): boolean {
  return applied.masks.length + applied.filters.length > 0
}

export type GovernedText = {
  /** What goes to BigQuery, byte for byte. */
  readonly text: string
  readonly parameters: readonly QueryParameter[]
  /** The columns of the answer; none where only the run can tell. */
  readonly outputs: readonly OutputColumn[]
  /** What a dry run tells instead, where the run answers nothing. */
  readonly dryRunOutputs?: readonly OutputColumn[]
  readonly applied: AppliedPolicy
  /** What is judged by itself: of a script every query and expression, else the statement. */
  readonly parts: readonly GovernedPart[]
  readonly statementKind: string
}

/** What a second reader must find in one part of a governed text. */
export type GovernedPart = {
  /** A statement; an expression of a script stands here as a query of one column. */
  readonly text: string
  readonly parameters: readonly QueryParameter[]
  readonly scans: readonly PredictedScan[]
  readonly outputs: readonly OutputColumn[]
  readonly catalog: PartCatalog
  /** The same part with nothing on it: whoever cannot read that either has found its author's mistake. */
  readonly unprotected: () => string
}

/** The names that a part may use, as they were when it was analyzed: all that a second reader may know. */
export type PartCatalog = {
  readonly tables: readonly CatalogTable[]
  readonly variables: readonly StructField[]
  /** Functions that the part calls and that no reader can know, by the types that they declare. */
  readonly routines: readonly CatalogRoutine[]
}

/** The two padded blocks of a key for keyed hashes (RFC 2104), 64 bytes each, in base64. */
export type MaskKey = { readonly innerPad: string; readonly outerPad: string }

/** Minted only by `sql/govern.ts`. */
export type GovernedSql = Brand<GovernedText, 'GovernedSql'>

export type VerifiedBy = 'googlesql' | 'node-sql-parser'

/** Minted only by `verification/verify.ts`. */
export type Verified<T> = Brand<{ readonly value: T; readonly by: VerifiedBy; readonly cached: boolean }, 'Verified'>
