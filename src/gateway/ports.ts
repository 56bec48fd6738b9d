import type { CatalogDataset, CatalogRoutine, CatalogSnapshot, CatalogTable, Wanted } from '../model/catalog.ts'
import type { Decision, Estimate, Question } from '../model/decision.ts'
import type { GovernedSql, MaskKey, Verified } from '../model/governed.ts'
import type { JobRef, KnownJob, RunningJob } from '../model/job.ts'
import type { ClientSoftware } from '../model/origin.ts'
import type { Credential, Principal, PrincipalClaims } from '../model/principal.ts'
import type { Page } from '../model/result.ts'
import type { Recorded, SessionEvent, Started } from '../model/session-event.ts'
import type { Statement } from '../model/statement.ts'
import type { JobsPort } from './jobs-port.ts'
import type { KnownReadings } from './known-readings.ts'
import type { TransferPort } from './transfer-port.ts'

/** Identity. Throws `unauthenticated`, with the reason as its cause. */
export type Authenticate = (credential: Credential) => Promise<Principal>

/** The policy decision point. Throws `policy_unavailable`; a deny is an answer. */
export type Decide = (question: Question) => Promise<Decision>

/** A second reader of the governed SQL. Throws `readers_disagree` or `verifier_unavailable`. */
export type Verify = (governed: GovernedSql, signal: AbortSignal) => Promise<Verified<GovernedSql>>

/** The recorder. Resolves when the event is on disk; throws `recorder_unavailable`. */
export type Record = <E extends SessionEvent>(event: E) => Promise<Recorded<E>>

export type DatasetEntry = {
  readonly project: string
  readonly dataset: string
  readonly location: string
  readonly description?: string
  readonly type?: string
}

/** What exists in the warehouse, cached by etag and time. Throws `catalog_unavailable`. */
export type CatalogPort = {
  /** Everything the analysis asks for: `tables` and `routines` by name, `wildcards` as `prefix*` names. */
  readonly snapshot: (wanted: Wanted, signal: AbortSignal) => Promise<CatalogSnapshot>
  readonly datasets: (project: string, signal: AbortSignal) => Promise<readonly DatasetEntry[]>
  readonly dataset: (
    place: { project: string; dataset: string },
    signal: AbortSignal,
  ) => Promise<CatalogDataset | undefined>
  readonly tables: (
    dataset: { project: string; dataset: string },
    signal: AbortSignal,
  ) => Promise<readonly CatalogTable[]>
  readonly routines: (
    dataset: { project: string; dataset: string },
    signal: AbortSignal,
  ) => Promise<readonly CatalogRoutine[]>
}

export type PageRequest = {
  /** Of the page before; or else `startIndex`, or else the first row. */
  readonly pageToken?: string
  readonly startIndex?: number
  /** 0 asks for the shape of the result alone. */
  readonly maxRows: number
  readonly index: number
}

/** How a job reports that it is still running; called at most a few times a second. */
export type OnProgress = (elapsedMs: number) => void

export type WarehousePort = {
  /** A dry run under the same identity, parameters and limits as the run. */
  readonly estimate: (request: EstimateRequest, signal: AbortSignal) => Promise<Estimate>
  /** Starts the job that the record names. Takes nothing that is not on record. A sealed `note` stays with the job. */
  readonly execute: (started: Recorded<Started>, signal: AbortSignal, note?: string) => Promise<RunningJob>
  /** A job that runs already, with what its pages need. */
  readonly resume: (known: KnownJob, prepared: Prepared) => RunningJob
  /** Waits for the job and reads one page. Aborting the signal cancels the job. */
  readonly page: (job: RunningJob, request: PageRequest, signal: AbortSignal, onProgress?: OnProgress) => Promise<Page>
  /** The same where the job ends within `waitMs`; undefined where it does not. Aborting cancels the job here too. */
  readonly pageWithin: (
    job: RunningJob,
    request: PageRequest,
    waitMs: number,
    signal: AbortSignal,
  ) => Promise<Page | undefined>
  readonly cancel: (job: { readonly ref: JobRef }) => Promise<void>
}

/** A query that has been through every step before its job. */
export type Prepared = {
  readonly statement: Statement
  readonly decision: Decision
  readonly governed: Verified<GovernedSql>
}

export type EstimateRequest = {
  readonly governed: GovernedSql
  readonly project: string
  readonly location: string
  readonly labels: Readonly<{ [key: string]: string }>
}

/** The id of the visit that a request belongs to. Throws `session_refused` where another principal owns the key. */
export type OpenSession = (principal: Principal, client: ClientSoftware, now: Date) => string

export type JobPlace = { readonly project: string; readonly location: string }

/** Texts that Sluice keeps with a job in BigQuery: no one else can read them, nor make one up. */
export type JobNotes = {
  readonly seal: (text: string) => string
  readonly open: (sealed: string) => string | undefined
}

/** One `seed` gives one owner one id on every replica, so that a request that is sent again finds its job; none, a new one. */
export type NewJobId = (owner: Pick<PrincipalClaims, 'issuer' | 'subject'>, place: JobPlace, seed?: string) => string

export type IsJobOwnedBy = (
  jobId: string,
  owner: Pick<PrincipalClaims, 'issuer' | 'subject'>,
  place: JobPlace,
) => boolean

export type Stage =
  | 'authenticate'
  | 'catalog'
  | 'analyze'
  | 'decide'
  | 'govern'
  | 'verify'
  | 'estimate'
  | 'record'
  | 'execute'
  | 'page'
  | 'redact'

export type DryRunWhen = 'when_needed' | 'always'

export type GatewaySettings = {
  readonly environment: string
  /** The project that jobs run in where the client names none, and that completes names. */
  readonly project: string
  readonly location: string
  readonly dryRun: DryRunWhen
  readonly maxQueryBytes: number
  readonly maxRowsPerPage: number
  readonly defaultTimeoutMs: number
}

export type Ports = {
  readonly authenticate: Authenticate
  readonly openSession: OpenSession
  readonly catalog: CatalogPort
  readonly decide: Decide
  readonly verify: Verify
  readonly warehouse: WarehousePort
  readonly transfers: TransferPort
  readonly jobs: JobsPort
  readonly record: Record
  /** What texts were understood as, while the catalog stands. */
  readonly readings: KnownReadings
  readonly now: () => Date
  readonly newId: () => string
  /** sha256 of a text, in hex. */
  readonly digest: (text: string) => string
  /** A job id whose owner any replica can tell: it carries a keyed hash of (principal, project, location). */
  readonly newJobId: NewJobId
  /** Whether Sluice gave this id to a job of this owner in this place, on whichever replica. */
  readonly isJobOwnedBy: IsJobOwnedBy
  readonly jobNotes: JobNotes
  /** Takes the time of a stage, in milliseconds. */
  readonly observe: (stage: Stage, elapsedMs: number) => void
  readonly settings: GatewaySettings
  /** For keyed hashes; without one, a policy that asks for them refuses the query. */
  readonly maskKey?: MaskKey
}
