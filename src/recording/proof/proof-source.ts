import type { RecordTable } from '../rows/row.ts'
import type { Checkpoint } from './checkpoint.ts'

/** A row as it was written, wherever it is kept now. */
export type ProvenLine = { readonly table: RecordTable; readonly line: number; readonly json: string }

export type SourceRange = { readonly since?: Date | undefined; readonly until?: Date | undefined }

/** Where a chain can be read from: ClickHouse, or the segments on disk. */
export type ProofSource = {
  readonly writers: () => Promise<readonly string[]>
  readonly checkpoints: (writer: string) => Promise<readonly Checkpoint[]>
  /** The rows of events and of what stands beside them, in the order of their lines. */
  readonly lines: (writer: string) => AsyncIterable<readonly ProvenLine[]>
  /** Whether the first row may be missing because nobody asked for it, or it was dropped for good reason. */
  readonly beginsAnywhere: boolean
  /** Times before which events, or rows of results, are no longer kept. */
  readonly keptSince?: { readonly events: string; readonly results: string }
}
