import type { RecordTable } from './rows/row.ts'

/** What the recorder tells of itself, for metrics and the log. Every one may be left out. */
export type RecorderHooks = {
  readonly appended?: (elapsedMs: number) => void
  readonly refused?: (cause: unknown) => void
  readonly torn?: (bytes: number) => void
  readonly corrupt?: (lines: number) => void
  readonly sent?: (table: RecordTable, rows: number, elapsedMs: number, sink: string) => void
  readonly sinkFailed?: (cause: unknown, sink: string) => void
  readonly deadLettered?: (table: RecordTable, cause: unknown, sink: string) => void
  readonly storeFailed?: (cause: unknown) => void
  readonly storeStarted?: (starts: number) => void
  readonly interrupted?: (requests: number) => void
}
