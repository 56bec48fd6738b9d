import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import type { FoundJob } from '../model/found-job.ts'
import type { JobRef } from '../model/job.ts'
import type { JobStatistics } from '../model/result.ts'
import type { ApiClient } from './client.ts'
import { failureOf } from './error-reasons.ts'
import { givenFields } from './given-fields.ts'
import { clientIdIn, clientLabelsIn, requestLabel, sessionLabel } from './labels.ts'
import { noteIn } from './query-parameters.ts'
import { shownFailure } from './shown-failure.ts'

const count = z.coerce.number().nullish()
type Count = z.infer<typeof count>
const dmlStats = z.object({ insertedRowCount: count, updatedRowCount: count, deletedRowCount: count })
const statistics = z.object({
  creationTime: count,
  endTime: count,
  totalBytesProcessed: count,
  totalSlotMs: count,
  query: z
    .object({
      totalBytesBilled: count,
      cacheHit: z.boolean().nullish(),
      numDmlAffectedRows: count,
      dmlStats: dmlStats.nullish(),
      exportDataStatistics: z.object({ fileCount: count, rowCount: count }).nullish(),
    })
    .nullish(),
  load: z.object({ inputFiles: count, inputFileBytes: count, outputRows: count, badRecords: count }).nullish(),
  copy: z.object({ copiedRows: count, copiedLogicalBytes: count }).nullish(),
  extract: z.object({ destinationUriFileCounts: z.array(z.coerce.number()).default([]), inputBytes: count }).nullish(),
})
type Statistics = z.infer<typeof statistics>

const fields = z.record(z.string(), z.unknown())
const errorResult = z.object({
  reason: z.string().default(''),
  message: z.string().default(''),
  location: z.string().nullish(),
})
export const jobAnswer = z.object({
  jobReference: z.object({ projectId: z.string(), jobId: z.string(), location: z.string() }),
  status: z.object({ state: z.string(), errorResult: errorResult.nullish() }),
  configuration: z.object({
    labels: z.record(z.string(), z.string()).default({}),
    query: fields.nullish(),
    load: fields.nullish(),
    copy: fields.nullish(),
    extract: fields.nullish(),
  }),
  statistics: statistics.default({}),
})
type JobAnswer = z.infer<typeof jobAnswer>
const hasEnded = z.object({ status: z.object({ state: z.literal('DONE') }) })

/** A job as BigQuery has it now. Throws `warehouse_not_found` where there is none. */
export async function readJob(call: ApiClient, ref: JobRef, signal: AbortSignal): Promise<FoundJob> {
  const { project, jobId, location } = ref
  const path = `/jobs/${encodeURIComponent(jobId)}`
  const answer = jobAnswer.safeParse(await call({ method: 'GET', project, path, query: { location } }, signal))
  if (!answer.success) throw new Failure('warehouse_failed', {}, { cause: answer.error })
  return { ...foundJobOf(answer.data), ref }
}

/** What the job of an answer cost, where it has ended well. Most have not, and are not read closely. */
export function costIn(answer: unknown): JobStatistics | undefined {
  if (!hasEnded.safeParse(answer).success) return undefined
  const { data } = jobAnswer.safeParse(answer)
  const ended = data === undefined ? undefined : endOf(data)
  return ended?.failure === undefined ? ended?.statistics : undefined
}

export function foundJobOf(answer: JobAnswer): FoundJob {
  const { jobReference, configuration } = answer
  const { labels } = configuration
  const kind = (['load', 'copy', 'extract'] as const).find(one => configuration[one]) ?? 'query'
  return {
    ref: { project: jobReference.projectId, jobId: jobReference.jobId, location: jobReference.location },
    ...{ kind, createdAt: new Date(answer.statistics.creationTime ?? 0) },
    ...{ requestId: labels[requestLabel] ?? '', sessionId: labels[sessionLabel] ?? '' },
    ...{ configuration: configuration[kind] ?? {}, labels: clientLabelsIn(labels) },
    ...givenFields({ ended: endOf(answer), clientId: clientIdIn(labels), note: noteIn(configuration.query) }),
  }
}

function endOf({ status, statistics: known }: JobAnswer): FoundJob['ended'] {
  if (status.state !== 'DONE') return undefined
  const ended = { at: new Date(known.endTime ?? 0), statistics: givenFields(statisticsOf(known)) }
  if (!status.errorResult) return ended
  const { reason, message, location } = status.errorResult
  const full = failureOf({ status: 400, reason, message, ...(location ? { location } : {}) })
  return { ...ended, failure: { full, withheld: shownFailure(full, true) } }
}

function statisticsOf({ query, load, copy, extract, totalBytesProcessed, totalSlotMs }: Statistics) {
  const files = load?.inputFiles ?? extract?.destinationUriFileCounts.reduce((sum, some) => sum + some, 0)
  const moved = { bytes: load?.inputFileBytes ?? copy?.copiedLogicalBytes ?? extract?.inputBytes, files }
  return {
    slotMs: totalSlotMs ?? undefined,
    bytesProcessed: query ? (totalBytesProcessed ?? undefined) : undefined,
    bytesBilled: query?.totalBytesBilled ?? undefined,
    cacheHit: query?.cacheHit ?? undefined,
    affectedRows: query?.numDmlAffectedRows ?? load?.outputRows ?? copy?.copiedRows ?? undefined,
    changes: query?.dmlStats ? changesOf(query.dmlStats) : undefined,
    exported: query?.exportDataStatistics ? exportedIn(query.exportDataStatistics) : undefined,
    moved: query ? undefined : givenFields({ ...moved, badRows: load?.badRecords }),
  } satisfies { [K in keyof JobStatistics]: unknown }
}

function exportedIn({ fileCount, rowCount }: { readonly fileCount?: Count; readonly rowCount?: Count }) {
  return { files: fileCount ?? 0, rows: rowCount ?? 0 }
}

function changesOf({ insertedRowCount, updatedRowCount, deletedRowCount }: z.infer<typeof dmlStats>) {
  return { inserted: insertedRowCount ?? 0, updated: updatedRowCount ?? 0, deleted: deletedRowCount ?? 0 }
}
