import { z } from 'zod'
import type { JobRef } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { ApiClient } from './client.ts'
import { failureOf } from './error-reasons.ts'
import { givenFields } from './given-fields.ts'

const count = z.coerce.number().nullish()
const jobAnswer = z.object({
  status: z.object({
    state: z.string(),
    errorResult: z
      .object({ reason: z.string().default(''), message: z.string().default(''), location: z.string().nullish() })
      .nullish(),
  }),
  statistics: z
    .object({
      totalSlotMs: z.string().nullish(),
      load: z.object({ inputFiles: count, inputFileBytes: count, outputRows: count, badRecords: count }).nullish(),
      copy: z.object({ copiedRows: count, copiedLogicalBytes: count }).nullish(),
      extract: z
        .object({ destinationUriFileCounts: z.array(z.coerce.number()).default([]), inputBytes: count })
        .nullish(),
    })
    .default({}),
})
type Statistics = z.infer<typeof jobAnswer>['statistics']

/** What a load, copy or extract job has moved; undefined while it runs. Throws what it failed with. */
export async function transferState(
  call: ApiClient,
  { project, jobId, location }: JobRef,
  signal: AbortSignal,
): Promise<JobStatistics | undefined> {
  const path = `/jobs/${encodeURIComponent(jobId)}`
  const { status, statistics } = jobAnswer.parse(
    await call({ method: 'GET', project, path, query: { location } }, signal),
  )
  if (status.state !== 'DONE') return undefined
  if (status.errorResult) {
    const { reason, message } = status.errorResult
    throw failureOf({ status: 400, reason, message })
  }
  return givenFields(statisticsOf(statistics))
}

function statisticsOf({ load, copy, extract, totalSlotMs }: Statistics) {
  const files = load?.inputFiles ?? extract?.destinationUriFileCounts.reduce((sum, some) => sum + some, 0)
  return {
    slotMs: totalSlotMs ? Number(totalSlotMs) : undefined,
    affectedRows: load?.outputRows ?? copy?.copiedRows,
    moved: givenFields({
      bytes: load?.inputFileBytes ?? copy?.copiedLogicalBytes ?? extract?.inputBytes,
      files,
      badRows: load?.badRecords,
    }),
  }
}
