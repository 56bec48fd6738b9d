import type { ColumnType } from './column-type.ts'

/** BigQuery's own JSON form of a value: scalars as text, arrays as lists, structs by field name. */
export type ParameterValue = string | null | readonly ParameterValue[] | { readonly [field: string]: ParameterValue }

/** A query parameter; positional ones (`?`) have no name. */
export type QueryParameter = {
  readonly name?: string
  readonly type: ColumnType
  readonly value: ParameterValue
  /** A key of Sluice's own: sent to BigQuery, never shown, never recorded. */
  readonly isSecret?: true
}
