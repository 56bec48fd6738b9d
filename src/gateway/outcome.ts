import type { ApprovalNeed, Decision, Estimate, Reason } from '../model/decision.ts'
import type { GovernedSql, Verified } from '../model/governed.ts'
import type { RunningJob } from '../model/job.ts'
import type { Delivered, Denied, Finished, Held, Recorded } from '../model/session-event.ts'
import type { StatementFacts } from '../model/statement.ts'

/** The policy's no, on record and ready to be told. */
export type Refusal =
  | {
      readonly state: 'denied'
      readonly reasons: readonly Reason[]
      /** The query changed as little as policy would allow. */
      readonly repair?: string
      readonly decision: Decision
      readonly recorded: Recorded<Denied>
    }
  | {
      readonly state: 'held'
      readonly approvals: readonly ApprovalNeed[]
      readonly decision: Decision
      readonly recorded: Recorded<Held>
    }

export type StartOutcome = Refusal | { readonly state: 'running'; readonly job: RunningJob }

/** A page that may be shown: masked, scanned and on record. */
export type FetchOutcome = { readonly recorded: Recorded<Delivered> | Recorded<Finished>; readonly job: RunningJob }

/** What would happen to a query, without running it. */
export type ExplainOutcome =
  | Refusal
  | {
      readonly state: 'allowed'
      readonly statement: StatementFacts
      readonly decision: Decision
      readonly governed: Verified<GovernedSql>
      readonly estimate?: Estimate
      readonly recorded: Recorded<Finished>
    }
