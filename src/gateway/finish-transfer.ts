import type { JobRef } from '../model/job.ts'
import type { Origin } from '../model/origin.ts'
import type { PrincipalClaims } from '../model/principal.ts'
import type { JobStatistics } from '../model/result.ts'
import type { TransferFacts } from '../model/statement.ts'
import type { Ports } from './ports.ts'

export type EndedTransfer = {
  readonly principal: PrincipalClaims
  readonly origin: Origin
  readonly job: JobRef
  readonly statement: TransferFacts
  readonly startedAt: Date
  readonly statistics: JobStatistics
}

/** Closes the request of a transfer that has ended. No row of it was delivered: rows moved inside of BigQuery, or to files. */
export async function finishTransfer({ startedAt, ...ended }: EndedTransfer, ports: Ports): Promise<void> {
  const at = ports.now()
  const durationMs = at.getTime() - startedAt.getTime()
  await ports.record({ type: 'finished', at, ...ended, rowsDelivered: 0, durationMs })
}
