import type { FoundJob } from '../model/found-job.ts'
import type { JobRef } from '../model/job.ts'

export type JobListRequest = {
  readonly project: string
  readonly maxResults: number
  readonly pageToken?: string
  /** Milliseconds since 1970. */
  readonly minCreationTime?: number
  readonly maxCreationTime?: number
  readonly state?: 'done' | 'pending' | 'running'
}
export type JobListPage = { readonly jobs: readonly FoundJob[]; readonly nextPageToken?: string }

/** The jobs that any replica has started, as BigQuery has them. Whose they are is in their ids. */
export type JobsPort = {
  /** Undefined where there is none. */
  readonly find: (ref: JobRef, signal: AbortSignal) => Promise<FoundJob | undefined>
  /** Newest first. Those of all principals: whoever shows them leaves out what is not the caller's. */
  readonly list: (request: JobListRequest, signal: AbortSignal) => Promise<JobListPage>
  /** BigQuery forgets the job: nobody can ask for its rows any more. */
  readonly forget: (ref: JobRef, signal: AbortSignal) => Promise<void>
}
