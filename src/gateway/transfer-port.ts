import type { RunningTransfer } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { Recorded, TransferStarted } from '../model/session-event.ts'

/** A part of a file, with the place that the client says it has: `bytes 0-99/*`; none where the part is the whole. */
export type UploadPart = {
  readonly content: AsyncIterable<Uint8Array>
  readonly range?: string
  readonly bytes?: number
}

/** A file of which some bytes are there, or the job that loads it. */
export type UploadProgress =
  | { readonly state: 'partly'; readonly received?: string }
  | { readonly state: 'running'; readonly job: RunningTransfer }

/** A file that comes in parts. Its job begins with the last one. */
export type Upload = { readonly send: (part: UploadPart, signal: AbortSignal) => Promise<UploadProgress> }

/** A row that was not inserted, by its number, and why. */
export type RowProblem = {
  readonly index: number
  readonly errors: readonly { readonly reason: string; readonly location: string; readonly message: string }[]
}

/** How rows move and definitions change without SQL. Nothing happens that is not on record. */
export type TransferPort = {
  readonly start: (started: Recorded<TransferStarted>, signal: AbortSignal) => Promise<RunningTransfer>
  /** The same for a file that comes along. It is passed on as it comes; what is kept is its size and hash. */
  readonly startWith: (
    started: Recorded<TransferStarted>,
    content: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ) => Promise<RunningTransfer>
  readonly openUpload: (started: Recorded<TransferStarted>, signal: AbortSignal) => Promise<Upload>
  /** Undefined while it runs. Throws what it failed with. */
  readonly look: (job: RunningTransfer, signal: AbortSignal) => Promise<JobStatistics | undefined>
  readonly insertRows: (
    started: Recorded<TransferStarted>,
    body: Uint8Array,
    signal: AbortSignal,
  ) => Promise<readonly RowProblem[]>
  /** Changes a definition as it is now: throws `changed_meanwhile` where somebody else was faster. */
  readonly alter: (started: Recorded<TransferStarted>, signal: AbortSignal) => Promise<void>
}
