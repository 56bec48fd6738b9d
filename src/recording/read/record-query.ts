/** A query on the records, and what its rows are rows of. */
export type RecordQuery = {
  readonly record: string
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}
