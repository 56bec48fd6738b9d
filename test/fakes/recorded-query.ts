import type { GovernedSql, GovernedText, Verified } from '../../src/model/governed.ts'
import type { RunningJob } from '../../src/model/job.ts'
import type { QueryParameter } from '../../src/model/parameter.ts'
import type { Recorded, Started } from '../../src/model/session-event.ts'
import { sampleStarted } from './sample-events.ts'

type Changes = Partial<Started> & {
  readonly parameters?: readonly QueryParameter[]
  readonly applied?: GovernedText['applied']
}

const nothingApplied = { masks: [], filters: [] }

/** Text that counts as governed, for tests of what comes after. */
export function governedQuery(text: string, { parameters = [], applied = nothingApplied }: Changes = {}): GovernedSql {
  const governed = { text, parameters, applied, scans: [], outputs: [], catalog: [], statementKind: 'SELECT' }
  return governed as unknown as GovernedSql
}

/** A query that counts as recorded, for tests of the warehouse. */
export function recordedQuery(text: string, { parameters, applied, ...changes }: Changes = {}): Recorded<Started> {
  const value = governedQuery(text, { ...(parameters && { parameters }), ...(applied && { applied }) })
  const governed = { value, by: 'googlesql', cached: false } as unknown as Verified<GovernedSql>
  const started = sampleStarted({ governed, limits: {}, ...changes })
  const job = changes.job ?? { ...started.job, location: 'US' }
  return { event: { ...started, job }, eventId: 'event-1' } as unknown as Recorded<Started>
}

/** A job that counts as started, for tests of its pages. */
export function runningQuery(text: string, changes: Changes = {}): RunningJob {
  const { job, governed, principal, origin, statement, decision, at } = recordedQuery(text, changes).event
  const facts = { ref: job, governed: governed.value, principal, origin, statement, decision, startedAt: at }
  return facts as unknown as RunningJob
}
