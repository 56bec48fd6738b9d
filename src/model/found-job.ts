import type { Failure } from './failure.ts'
import type { JobRef } from './job.ts'
import type { JobStatistics } from './result.ts'

export type FoundJobKind = 'query' | 'load' | 'copy' | 'extract'

/** A job as BigQuery has it. */
export type FoundJob = {
  readonly ref: JobRef
  readonly kind: FoundJobKind
  readonly createdAt: Date
  /** Set once it has ended. */
  readonly ended?: {
    readonly at: Date
    readonly statistics: JobStatistics
    /** `withheld` says of a failure what whoever is masked or filtered may know of it. */
    readonly failure?: { readonly full: Failure; readonly withheld: Failure }
  }
  /** The id of the request that started it, and of its session. */
  readonly requestId: string
  readonly sessionId: string
  /** The client's own id for it, where BigQuery could keep that. */
  readonly clientId?: string
  /** What Sluice has kept with it, sealed. */
  readonly note?: string
  /** Of a job without SQL: what it was told to do, in BigQuery's own words. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** The client's and the policy's. */
  readonly labels: Readonly<Record<string, string>>
}
