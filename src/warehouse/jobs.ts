import { z } from 'zod'
import type { JobsPort } from '../gateway/jobs-port.ts'
import { Failure } from '../model/failure.ts'
import type { ApiClient } from './client.ts'
import { foundJobOf, jobAnswer, readJob } from './job-answer.ts'

const listAnswer = z.object({ jobs: z.array(jobAnswer).default([]), nextPageToken: z.string().nullish() })

/** The jobs of the account that Sluice has at BigQuery. */
export function openJobs(call: ApiClient): JobsPort {
  return {
    find: async (ref, signal) => {
      try {
        return await readJob(call, ref, signal)
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.code === 'warehouse_not_found') return undefined
        throw thrown
      }
    },
    list: async ({ project, state, ...wanted }, signal) => {
      const query = { projection: 'full', ...wanted, ...(state === undefined ? {} : { stateFilter: state }) }
      const answer = listAnswer.safeParse(await call({ method: 'GET', project, path: '/jobs', query }, signal))
      if (!answer.success) throw new Failure('warehouse_failed', {}, { cause: answer.error })
      const { jobs, nextPageToken } = answer.data
      return { jobs: jobs.map(foundJobOf), ...(nextPageToken ? { nextPageToken } : {}) }
    },
    forget: async ({ project, jobId, location }, signal) => {
      const path = `/jobs/${encodeURIComponent(jobId)}/delete`
      await call({ method: 'DELETE', project, path, query: { location } }, signal)
    },
  }
}
