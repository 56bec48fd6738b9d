import { cancelJob } from '../../../gateway/cancel-job.ts'
import { findAnyJob } from '../find-job.ts'
import { defineMethod } from '../method.ts'
import { locationName } from '../names.ts'
import { queryString } from '../query-string.ts'

/** Forgets a job: its rows can no longer be asked for. What is on record stays. */
export const deleteJob = defineMethod({
  id: 'bigquery.jobs.delete',
  verb: 'DELETE',
  path: 'projects/{project}/jobs/{job}/delete',
  query: queryString({ location: locationName.exactOptional() }),
  run: async call => {
    const entry = await findAnyJob(call)
    if (entry.ended === undefined) await cancelJob(entry.job, call.desk.ports)
    await call.desk.ports.jobs.forget(entry.job.ref, call.request.signal)
    call.desk.jobs.remove(entry)
    return { state: 'answered', body: {} }
  },
})
