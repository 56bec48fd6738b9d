import type { JobDesk } from '../bigquery/desk.ts'
import type { StorageOptions } from './options.ts'
import type { StreamNames } from './stream-names.ts'

/** What every method of this process works with. */
export type StorageDesk = JobDesk & {
  readonly options: StorageOptions
  readonly streamNames: StreamNames
  /** Takes every answer's status and time, for the metrics. */
  readonly observe: (action: string, status: number, elapsedMs: number) => void
}
