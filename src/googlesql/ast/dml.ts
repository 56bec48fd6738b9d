import type { Expression } from './expression.ts'
import type { Hinted, OnConflict } from './foreign.ts'
import type { Identifier, Path } from './name.ts'
import type { Query, SelectItem } from './query.ts'
import type { Span } from './span.ts'
import type { TableExpression, WithOffset } from './table.ts'

/** The target is a table; in DML nested inside UPDATE it is an array of the row. */
export type Insert = Hinted & {
  readonly kind: 'Insert'
  readonly conflict: 'IGNORE' | 'REPLACE' | 'UPDATE' | undefined
  readonly target: Path
  readonly columns: readonly Identifier[]
  readonly source: InsertRows | Query
  readonly onConflict?: OnConflict
  readonly assertRows: Expression | undefined
  readonly returning: Returning | undefined
  readonly at: Span
}
/** `VALUES (…), (…)` */
export type InsertRows = { readonly kind: 'InsertRows'; readonly rows: readonly InsertRow[]; readonly at: Span }
export type InsertRow = { readonly kind: 'InsertRow'; readonly values: readonly Expression[]; readonly at: Span }

/** `THEN RETURN [WITH ACTION [AS alias]] items` */
export type Returning = {
  readonly kind: 'Returning'
  readonly withAction: boolean
  readonly actionAlias: Identifier | undefined
  readonly items: readonly SelectItem[]
  readonly at: Span
}

export type Delete = Hinted & {
  readonly kind: 'Delete'
  readonly target: Path
  readonly alias: Identifier | undefined
  readonly offset: WithOffset | undefined
  readonly where: Expression | undefined
  readonly assertRows: Expression | undefined
  readonly returning: Returning | undefined
  readonly at: Span
}

export type Update = Hinted & {
  readonly kind: 'Update'
  readonly target: Path
  readonly alias: Identifier | undefined
  readonly offset: WithOffset | undefined
  readonly items: readonly UpdateItem[]
  readonly from: TableExpression | undefined
  readonly where: Expression | undefined
  readonly assertRows: Expression | undefined
  readonly returning: Returning | undefined
  readonly at: Span
}
export type UpdateItem = Assignment | NestedDml
/** `a.b[OFFSET(0)] = value` */
export type Assignment = {
  readonly kind: 'Assignment'
  readonly target: Expression
  readonly value: Expression
  readonly at: Span
}
/** `SET (DELETE arr WHERE …)` */
export type NestedDml = {
  readonly kind: 'NestedDml'
  readonly statement: Insert | Update | Delete
  readonly at: Span
}

export type Merge = {
  readonly kind: 'Merge'
  readonly target: Path
  readonly alias: Identifier | undefined
  readonly source: TableExpression
  readonly on: Expression
  readonly clauses: readonly MergeClause[]
  readonly at: Span
}
export type MergeClause = {
  readonly kind: 'MergeClause'
  readonly when: 'MATCHED' | 'NOT MATCHED BY TARGET' | 'NOT MATCHED BY SOURCE'
  readonly condition: Expression | undefined
  readonly action: MergeInsert | MergeUpdate | MergeDelete
  readonly at: Span
}
/** Without values it is `INSERT ROW`. */
export type MergeInsert = {
  readonly kind: 'MergeInsert'
  readonly columns: readonly Identifier[]
  readonly values: InsertRow | undefined
  readonly at: Span
}
export type MergeUpdate = {
  readonly kind: 'MergeUpdate'
  readonly items: readonly UpdateItem[]
  readonly at: Span
}
export type MergeDelete = { readonly kind: 'MergeDelete'; readonly at: Span }

export type Truncate = {
  readonly kind: 'Truncate'
  readonly target: Path
  readonly where: Expression | undefined
  readonly at: Span
}

/** The nodes of this file. */
export type DmlNode =
  | Insert
  | InsertRows
  | InsertRow
  | Returning
  | Delete
  | Update
  | Assignment
  | NestedDml
  | Merge
  | MergeClause
  | MergeInsert
  | MergeUpdate
  | MergeDelete
  | Truncate
