import type { RecordTable } from '../rows/row.ts'
import type { SpoolLine } from '../spool/line.ts'

/** Rows that are sent together: one table, one month, one writer. */
export type Batch = {
  readonly id: string
  readonly writer: string
  readonly table: RecordTable
  readonly lines: readonly SpoolLine[]
}

/** Where rows end up. */
export type Sink = {
  /** The tables whose rows it takes; it is never given others. */
  readonly tables: readonly RecordTable[]
  /** Resolves when the rows are stored. Throws `RowsRefused` where sending again cannot help. */
  readonly insert: (batch: Batch) => Promise<void>
  /** Numbers of those lines of the batch that are stored already. */
  readonly present: (batch: Batch) => Promise<ReadonlySet<number>>
}

/** The sink will never take these rows as they are. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused'
}

/** A sink and the name that its place in each spool directory is kept under. */
export type NamedSink = { readonly name: string; readonly sink: Sink }
