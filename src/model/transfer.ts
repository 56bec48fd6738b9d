import type { TableRef } from './table-ref.ts'

/** Fields of BigQuery's own configuration that Sluice knows and that name no table and no file. */
export type KnownOptions = Readonly<Record<string, unknown>>

/** Where rows are written, and what becomes of the rows that are there. */
export type Destination = {
  readonly table: TableRef
  readonly write: 'append' | 'empty' | 'truncate'
  readonly create: 'if_needed' | 'never'
  /** What a table that is made by this is like: partitions, clusters, changes of a schema. */
  readonly options: KnownOptions
}

/** What came along with a request and is not kept; without a hash where parts of it came more than once. */
export type Content = { readonly bytes: number; readonly sha256?: string }

/** What is done without SQL, as it is sent to BigQuery but for rows: rows that move, or a definition that changes. */
export type Transfer = {
  readonly kind: 'load' | 'copy' | 'extract' | 'insert_rows' | 'alter_table' | 'alter_dataset'
  /** Tables that are read whole. */
  readonly sources: readonly TableRef[]
  readonly destination?: Destination
  /** What is defined otherwise, and none of its rows; a dataset where `table` is empty. */
  readonly altered?: TableRef
  /** Files in Cloud Storage that a load reads or an extract writes; none where rows come with the request. */
  readonly uris: readonly string[]
  readonly options: KnownOptions
  readonly content?: Content
}
