import { z } from 'zod'
import { Failure } from '../../../model/failure.ts'
import { withEtag } from '../etag.ts'
import type { FoundEntry } from '../job-book.ts'
import { jobResource } from '../job-resource.ts'
import { defineMethod } from '../method.ts'
import { jobName } from '../names.ts'
import { ownJobs } from '../own-jobs.ts'
import { count, flag, pageTokenText, projection, queryString } from '../query-string.ts'

/** The caller's own jobs, the newest first. */
export const listJobs = defineMethod({
  id: 'bigquery.jobs.list',
  verb: 'GET',
  path: 'projects/{project}/jobs',
  query: queryString({
    allUsers: flag.exactOptional(),
    maxResults: count.exactOptional(),
    minCreationTime: count.exactOptional(),
    maxCreationTime: count.exactOptional(),
    pageToken: pageTokenText.exactOptional(),
    parentJobId: jobName.exactOptional(),
    projection,
    stateFilter: z.enum(['done', 'pending', 'running']).exactOptional(),
  }),
  run: async call => {
    const { path, query, desk } = call
    if (query.allUsers === true)
      throw new Failure('operation_refused', { detail: 'allUsers: jobs of others are not shown.' })
    // The statements of a script are no jobs of their own here.
    const { shown, nextPageToken } =
      query.parentJobId === undefined ? await ownJobs(path.project, query, call) : { shown: [] }
    return {
      state: 'answered',
      body: withEtag({
        kind: 'bigquery#jobList',
        jobs: shown.map(entry => listed(jobResource(entry, desk), entry)),
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      }),
    }
  },
})

/** Lists also say a job's state and its failure beside the rest. */
function listed(resource: object, { ended }: FoundEntry): object {
  return { ...resource, state: ended === undefined ? 'RUNNING' : 'DONE' }
}
