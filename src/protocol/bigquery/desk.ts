import type { Turns } from '../../base/turns.ts'
import type { Ports } from '../../gateway/ports.ts'
import type { Request } from '../../gateway/query.ts'
import type { Failure } from '../../model/failure.ts'
import type { ClientSoftware } from '../../model/origin.ts'
import type { Credential, Principal } from '../../model/principal.ts'
import type { JobBook } from './job-book.ts'
import type { BigQueryOptions } from './options.ts'
import type { PageTokens } from './page-token.ts'

/** What every method of this process works with. */
export type BigQueryDesk = {
  readonly ports: Ports
  readonly jobs: JobBook
  readonly pageTokens: PageTokens
  /** Of requests under one name, one is started at a time. */
  readonly inTurn: Turns
  readonly options: BigQueryOptions
  /** How clients reach this gateway. */
  readonly publicUrl: () => URL
  /** Takes every failure that a client was told, with its cause, for the log and the metrics. */
  readonly report: (failure: Failure, action: string) => void
}

/** What whoever reads a job works with, whichever door it was started through. */
export type JobDesk = Pick<BigQueryDesk, 'ports' | 'jobs' | 'report'>

/** Who sent one HTTP request. */
export type Caller = {
  readonly credential: Credential
  readonly principal: Principal
  readonly client: ClientSoftware
  readonly purpose?: string
  /** Aborts when the connection goes away before the answer. */
  readonly signal: AbortSignal
}

export function requestOf(caller: Caller, action: string): Request {
  const { credential, client, signal, purpose } = caller
  return { credential, client, action, signal, ...(purpose === undefined ? {} : { purpose }) }
}
