import type { JobRef } from '../model/job.ts'
import type { Origin } from '../model/origin.ts'
import type { PrincipalClaims } from '../model/principal.ts'
import type { JobStatistics } from '../model/result.ts'
import type { StatementFacts } from '../model/statement.ts'
import type { Ports } from './ports.ts'

export type EndedJob = {
  readonly principal: PrincipalClaims
  readonly origin: Origin
  readonly job: JobRef
  readonly statement?: StatementFacts
  readonly startedAt: Date
  readonly statistics: JobStatistics
}

/** Closes the request of a job that has ended and of which no row is delivered: rows moved inside of BigQuery, or to files. */
export async function closeWithoutRows(ended: EndedJob, ports: Ports): Promise<void> {
  const { principal, origin, job, statement, startedAt, statistics } = ended
  const at = ports.now()
  const durationMs = at.getTime() - startedAt.getTime()
  const event = { type: 'finished', at, principal, origin, job, statistics, rowsDelivered: 0, durationMs } as const
  await ports.record(statement === undefined ? event : { ...event, statement })
}
