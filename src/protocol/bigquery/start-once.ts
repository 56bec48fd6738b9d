import { jobSeed } from '../../gateway/job-seed.ts'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Query } from '../../gateway/query.ts'
import { start } from '../../gateway/run-query.ts'
import { Failure } from '../../model/failure.ts'
import type { JobRef } from '../../model/job.ts'
import type { BigQueryDesk } from './desk.ts'
import type { Asker } from './find-entry.ts'
import { findJob } from './find-job.ts'
import { isQuery, type JobEntry } from './job-book.ts'
import type { QueryRequest } from './query-config.ts'
import { shownConfiguration } from './shown-configuration.ts'
import { spared } from './spared.ts'

type Asked = Asker & { readonly body: QueryRequest; readonly desk: BigQueryDesk }

/**
 * The job of a query. A request that is sent again finds the job of the first one, whichever replica started it; where both
 * come at once, they take turns here, and BigQuery tells which of two replicas was first.
 */
export async function startOnce(query: Query, asked: Asked): Promise<JobEntry | Refusal> {
  if (query.requestKey === undefined) return startQuery(query, asked)
  const { project, location, jobId: job } = jobOfRequest(query, asked)
  return asked.desk.inTurn(job, async () => {
    const known = asked.desk.jobs.find(asked.principal, project, job)
    if (known !== undefined && isQuery(known)) return known
    try {
      return await startQuery(query, asked)
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.code === 'warehouse_duplicate')) throw thrown
      return findJob({ ...asked, path: { project, job }, query: { location } })
    }
  })
}

async function startQuery(query: Query, { body, desk }: Asked): Promise<JobEntry | Refusal> {
  const started = await start(query, desk.ports)
  if (started.state !== 'running') return started
  const { job } = started
  const entry = { id: job.ref.jobId, job, configuration: shownConfiguration(body) }
  desk.jobs.put(entry)
  return entry
}

function jobOfRequest({ project, location, requestKey }: Query, { principal, desk: { ports } }: Asked): JobRef {
  const { settings } = ports
  const place = { project: project ?? settings.project, location: location ?? settings.location }
  return { ...place, jobId: ports.newJobId(principal, place, jobSeed(spared({ requestKey }))) }
}
