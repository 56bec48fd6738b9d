import type { Limits } from '../model/decision.ts'
import type { ClientSoftware, Origin } from '../model/origin.ts'
import type { QueryParameter } from '../model/parameter.ts'
import type { Credential, Principal } from '../model/principal.ts'
import type { Asked, JobHints } from '../model/session-event.ts'
import type { Destination } from '../model/transfer.ts'
import type { JobName } from './job-seed.ts'

/** What every request carries, whichever door it came through. */
export type Request = {
  readonly credential: Credential
  readonly client: ClientSoftware
  /** The tool or method: `execute_sql`, `jobs.query`, … */
  readonly action: string
  readonly purpose?: string
  /** Aborts when the client goes away; a running job is cancelled then. */
  readonly signal: AbortSignal
}

/** A request that brings SQL. */
export type Query = Request &
  JobName & {
    readonly text: string
    readonly parameters: readonly QueryParameter[]
    readonly defaultDataset?: { readonly project: string; readonly dataset: string }
    readonly project?: string
    readonly location?: string
    /** The client's own limits; the policy's can only be tighter. */
    readonly limits?: Pick<Limits, 'maximumBytesBilled' | 'timeoutMs'>
    /** Labels that the client wants on its job; those of the policy and of Sluice win. */
    readonly labels?: Readonly<Record<string, string>>
    /** Where the rows are written, beside being answered. */
    readonly destination?: Destination
    /** Waits for its turn, and may use or not use a result that BigQuery still has. */
    readonly hints?: JobHints
    /** What the door shows of it to its owner beside the text, on every replica; nothing that differs between two runs. */
    readonly shown?: Readonly<Record<string, unknown>>
  }

/** One request of one principal, from here to its closing event. */
export type Visit = {
  readonly principal: Principal
  readonly origin: Origin
  readonly asked: Asked
  readonly beganAt: Date
  readonly signal: AbortSignal
}
