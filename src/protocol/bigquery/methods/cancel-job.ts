import { cancelJob as cancel } from '../../../gateway/cancel-job.ts'
import { findAnyJob, lookAt } from '../find-job.ts'
import { jobResource } from '../job-resource.ts'
import { defineMethod } from '../method.ts'
import { locationName } from '../names.ts'
import { projection, queryString } from '../query-string.ts'

/** Asks for a job to be stopped; like BigQuery, it answers before that has happened. */
export const cancelJob = defineMethod({
  id: 'bigquery.jobs.cancel',
  verb: 'POST',
  path: 'projects/{project}/jobs/{job}/cancel',
  query: queryString({ location: locationName.exactOptional(), projection }),
  run: async call => {
    const entry = await findAnyJob(call)
    if (entry.ended === undefined) await cancel(entry.job, call.desk.ports)
    const job = jobResource(await lookAt(await findAnyJob(call), call.desk), call.desk)
    return { state: 'answered', body: { kind: 'bigquery#jobCancelResponse', job } }
  },
})
