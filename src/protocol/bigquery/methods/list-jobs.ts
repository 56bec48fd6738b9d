import { z } from 'zod'
import { Failure } from '../../../model/failure.ts'
import type { AnyEntry } from '../job-book.ts'
import { jobResource } from '../job-resource.ts'
import { defineMethod } from '../method.ts'
import { jobName } from '../names.ts'
import { count, flag, pageTokenText, projection, queryString } from '../query-string.ts'
import { showList } from '../show-list.ts'

type Shown = 'done' | 'pending' | 'running'

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
  run: async ({ path: { project }, query, principal, desk }) => {
    if (query.allUsers === true)
      throw new Failure('operation_refused', { detail: 'allUsers: jobs of others are not shown.' })
    const { minCreationTime = 0, maxCreationTime = Number.POSITIVE_INFINITY, stateFilter, parentJobId } = query
    const jobs = desk.jobs.list(principal, project).filter(entry => {
      const createdAt = entry.job.startedAt.getTime()
      const isWanted = stateFilter === undefined || stateFilter === stateOf(entry)
      // Jobs have no children here: scripts are not served.
      return isWanted && createdAt >= minCreationTime && createdAt <= maxCreationTime && parentJobId === undefined
    })
    const { shown, nextPageToken } = showList(jobs, query, `jobs of ${project}`, desk)
    return {
      state: 'answered',
      body: {
        kind: 'bigquery#jobList',
        jobs: shown.map(entry => listed(jobResource(entry, desk), entry)),
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      },
    }
  },
})

function stateOf({ ended }: AnyEntry): Shown {
  return ended === undefined ? 'running' : 'done'
}

/** Lists also say a job's state and its failure beside the rest. */
function listed(resource: object, entry: AnyEntry): object {
  return { ...resource, state: stateOf(entry).toUpperCase() }
}
