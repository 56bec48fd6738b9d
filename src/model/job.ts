import type { Brand } from '../base/brand.ts'
import type { DecisionFacts } from './decision.ts'
import type { GovernedText } from './governed.ts'
import type { Origin } from './origin.ts'
import type { PrincipalClaims } from './principal.ts'
import type { JobStatistics } from './result.ts'
import type { StatementFacts, TransferFacts } from './statement.ts'

/** A BigQuery job. Sluice chooses `jobId`; `location` is where the job lives. */
export type JobRef = { readonly project: string; readonly jobId: string; readonly location: string }

/** A job of one principal, whichever replica started it. */
export type KnownJob = {
  readonly ref: JobRef
  readonly principal: PrincipalClaims
  readonly origin: Origin
  readonly startedAt: Date
}

/** A job that was started for one principal, with all that its pages need. */
export type RunningJobFacts = KnownJob & {
  readonly statement: StatementFacts
  readonly decision: DecisionFacts
  readonly governed: GovernedText
  /** What it cost, where it had ended before BigQuery answered that it had begun. */
  readonly cost?: JobStatistics
}

/** Rows that are being moved without SQL, for one principal. It has no pages. */
export type RunningTransferFacts = Omit<RunningJobFacts, 'statement' | 'governed' | 'cost'> & {
  readonly statement: TransferFacts
  readonly governed?: never
}

/** Minted only by `warehouse/transfer.ts`. */
export type RunningTransfer = Brand<RunningTransferFacts, 'RunningTransfer'>

/** Minted only by `warehouse/execute.ts`. */
export type RunningJob = Brand<RunningJobFacts, 'RunningJob'>
