import type { Ports } from '../../gateway/ports.ts'
import type { RunningJobs } from '../../gateway/running-jobs.ts'
import type { Failure } from '../../model/failure.ts'
import type { Credential, Principal } from '../../model/principal.ts'
import type { HeadOfRequest } from '../client-software.ts'
import type { Continuations } from './continuation.ts'
import type { McpOptions } from './options.ts'

/** What every tool of this process works with. */
export type Desk = {
  readonly ports: Ports
  readonly jobs: RunningJobs
  readonly continuations: Continuations
  readonly options: McpOptions
  /** Sluice's own version. */
  readonly version: string
  /** Takes every failure that a client was told, with its cause, for the log and the metrics. */
  readonly report: (failure: Failure, action: string) => void
}

/** Who sent one HTTP request, beside what it says of its software. */
export type Caller = HeadOfRequest & {
  readonly credential: Credential
  readonly principal: Principal
  /** Aborts when the connection goes away before the answer. */
  readonly signal: AbortSignal
}
