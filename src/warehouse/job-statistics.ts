import { z } from 'zod'
import type { JobRef } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { ApiClient } from './client.ts'

const count = z.coerce.number().nullish()
const dmlStats = z.object({ insertedRowCount: count, updatedRowCount: count, deletedRowCount: count })
const jobAnswer = z.object({
  statistics: z.object({
    totalSlotMs: z.string().optional(),
    query: z.object({ totalBytesBilled: z.string().optional(), dmlStats: dmlStats.nullish() }).optional(),
  }),
})

/** What a finished job cost, which its results do not say. Nothing where BigQuery does not tell: the rows still count. */
export async function jobCost(call: ApiClient, job: JobRef, signal: AbortSignal): Promise<JobStatistics> {
  const { project, jobId, location } = job
  const path = `/jobs/${encodeURIComponent(jobId)}`
  try {
    const { statistics } = jobAnswer.parse(await call({ method: 'GET', project, path, query: { location } }, signal))
    const { totalSlotMs, query } = statistics
    return {
      ...(totalSlotMs === undefined ? {} : { slotMs: Number(totalSlotMs) }),
      ...(query?.totalBytesBilled === undefined ? {} : { bytesBilled: Number(query.totalBytesBilled) }),
      ...(query?.dmlStats ? { changes: changesOf(query.dmlStats) } : {}),
    }
  } catch {
    return {}
  }
}

function changesOf({ insertedRowCount, updatedRowCount, deletedRowCount }: z.infer<typeof dmlStats>) {
  return { inserted: insertedRowCount ?? 0, updated: updatedRowCount ?? 0, deleted: deletedRowCount ?? 0 }
}
