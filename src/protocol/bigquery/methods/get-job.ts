import { findAnyJob, lookAt } from '../find-job.ts'
import { jobResource } from '../job-resource.ts'
import { defineMethod } from '../method.ts'
import { locationName } from '../names.ts'
import { projection, queryString } from '../query-string.ts'

export const getJob = defineMethod({
  id: 'bigquery.jobs.get',
  verb: 'GET',
  path: 'projects/{project}/jobs/{job}',
  query: queryString({
    location: locationName.exactOptional(),
    projection,
  }),
  run: async call => {
    const entry = await lookAt(await findAnyJob(call), call.desk)
    return { state: 'answered', body: jobResource(entry, call.desk) }
  },
})
