import type { Brand } from '../base/brand.ts'
import type { ApprovalNeed, DecisionFacts, Estimate, Limits, Reason, ResultCaps } from './decision.ts'
import type { FailureCode } from './failure.ts'
import type { GovernedSql, Verified } from './governed.ts'
import type { JobRef } from './job.ts'
import type { Origin } from './origin.ts'
import type { QueryParameter } from './parameter.ts'
import type { PrincipalClaims } from './principal.ts'
import type { JobStatistics, RedactedPage } from './result.ts'
import type { StatementFacts, TransferFacts } from './statement.ts'
import type { Destination } from './transfer.ts'

/** Milliseconds by stage. */
export type StageMs = Readonly<Record<string, number>>

type Base = {
  readonly at: Date
  /** What the stages of the request took since the event before. */
  readonly stageMs?: StageMs
  readonly origin: Origin
  /** Absent where the credential did not authenticate. */
  readonly principal: PrincipalClaims
}

/** Wishes about how a job runs that change none of its rows. */
export type JobHints = { readonly useQueryCache?: boolean; readonly priority?: 'INTERACTIVE' | 'BATCH' }

/** The client's request as it came. */
export type Asked = {
  readonly text: string
  readonly parameters: readonly QueryParameter[]
  readonly defaultDataset?: { readonly project: string; readonly dataset: string }
  readonly project: string
  readonly location: string
  readonly labels?: Readonly<Record<string, string>>
  readonly destination?: Destination
  readonly hints?: JobHints
  /** The client's own id for the job. */
  readonly jobId?: string
  /** What the client asked for: `execute_sql`, `jobs.query`, … */
  readonly action: string
}

type Begun = Base & {
  readonly type: 'started'
  readonly asked: Asked
  readonly decision: DecisionFacts
  /** The tighter of the policy's, the client's and the gateway's own. */
  readonly limits: Limits
  readonly job: JobRef
}

/** About to run: exactly what will be sent. */
export type Started = Begun & {
  readonly statement: StatementFacts
  readonly governed: Verified<GovernedSql>
  readonly estimate?: Estimate
}

/** About to move rows without SQL: exactly what will be sent, but for the rows. */
export type TransferStarted = Begun & {
  readonly statement: TransferFacts
  readonly governed?: never
  readonly estimate?: never
}

/** Policy said no; nothing was sent. */
export type Denied = Base & {
  readonly type: 'denied'
  readonly asked: Asked
  readonly statement?: StatementFacts
  readonly decision: DecisionFacts
  readonly reasons: readonly Reason[]
}

/** Policy wants an approval first; nothing was sent. */
export type Held = Base & {
  readonly type: 'held'
  readonly asked: Asked
  readonly statement: StatementFacts
  readonly decision: DecisionFacts
  readonly approvals: readonly ApprovalNeed[]
}

/** A page is about to be answered. */
export type Delivered = Base & {
  readonly type: 'delivered'
  readonly job: JobRef
  readonly page: RedactedPage
  /** What the decision wants erased from the record of this page. */
  readonly redact?: readonly string[]
  /** How much of the page the decision wants kept. */
  readonly resultCaps?: ResultCaps
}

/** The last page, or a question that needed none (dry run, explanation, metadata), is about to be answered. */
export type Finished = Base & {
  readonly type: 'finished'
  readonly asked?: Asked
  readonly statement?: StatementFacts
  readonly decision?: DecisionFacts
  readonly job?: JobRef
  readonly page?: RedactedPage
  readonly redact?: readonly string[]
  readonly resultCaps?: ResultCaps
  readonly statistics: JobStatistics
  readonly rowsDelivered: number
  readonly durationMs: number
}

export type Failed = Base & {
  readonly type: 'failed'
  readonly asked?: Asked
  readonly code: FailureCode
  readonly message: string
  /** For the record only, never for the client. */
  readonly cause: string
  readonly job?: JobRef
  readonly durationMs: number
}

export type Cancelled = Base & { readonly type: 'cancelled'; readonly job?: JobRef; readonly durationMs: number }

/** Closed by the next start after a crash; `jobState` is what BigQuery says became of the job. */
export type Interrupted = Base & { readonly type: 'interrupted'; readonly job?: JobRef; readonly jobState: string }

export type SessionEvent =
  | Started
  | TransferStarted
  | Denied
  | Held
  | Delivered
  | Finished
  | Failed
  | Cancelled
  | Interrupted

/** Durable. Minted only by `recording/record.ts`; execution and answers take nothing less. */
export type Recorded<E extends SessionEvent> = Brand<{ readonly event: E; readonly eventId: string }, 'Recorded'>
