import { z } from 'zod'
import type { OnProgress, PageRequest, WarehousePort } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import type { RunningJob } from '../model/job.ts'
import type { JobStatistics, Page, ResultField } from '../model/result.ts'
import { cancelJob } from './cancel.ts'
import { cellOf } from './cells.ts'
import { type ApiClient, abortFailure } from './client.ts'
import { columnTypeOf, wireField } from './field-type.ts'
import { jobCost } from './job-statistics.ts'
import type { WarehouseOptions } from './options.ts'
import { shownFailure } from './shown-failure.ts'

const queryResults = z.object({
  jobComplete: z.boolean(),
  schema: z.object({ fields: z.array(wireField).default([]) }).optional(),
  rows: z.array(z.object({ f: z.array(z.unknown()) })).default([]),
  totalRows: z.string().optional(),
  pageToken: z.string().nullish(),
  totalBytesProcessed: z.string().optional(),
  cacheHit: z.boolean().optional(),
  numDmlAffectedRows: z.string().nullish(),
})
type QueryResults = z.infer<typeof queryResults>

/** Waits for the job and reads one page. A client that leaves takes its job with it. */
export function openPage(call: ApiClient, options: WarehouseOptions): WarehousePort['page'] {
  return async (job, request, signal, onProgress) => {
    try {
      const results = await readResults(call, job, request, options, signal, onProgress)
      const page = pageOf(results, request, options)
      const isLast = page.nextPageToken === undefined
      if (!isLast || !page.statistics.bytesProcessed || page.statistics.cacheHit) return page
      return { ...page, statistics: { ...page.statistics, ...(await jobCost(call, job.ref, signal)) } }
    } catch (thrown) {
      if (signal.aborted) {
        await cancelJob(call, job.ref)
        throw abortFailure(signal)
      }
      throw shownFailure(thrown, job.governed)
    }
  }
}

async function readResults(
  call: ApiClient,
  job: RunningJob,
  request: PageRequest,
  { pollTimeoutMs: timeoutMs }: WarehouseOptions,
  signal: AbortSignal,
  onProgress: OnProgress | undefined,
): Promise<QueryResults> {
  const began = Date.now()
  const { project, jobId, location } = job.ref
  const query = {
    location,
    maxResults: request.maxRows,
    timeoutMs,
    'formatOptions.useInt64Timestamp': true,
    ...(request.pageToken === undefined ? {} : { pageToken: request.pageToken }),
  }
  const path = `/queries/${encodeURIComponent(jobId)}`
  for (;;) {
    const answer = await call({ method: 'GET', project, path, query, waitMs: timeoutMs }, signal)
    const results = queryResults.safeParse(answer)
    if (!results.success) throw new Failure('warehouse_failed', {}, { cause: results.error })
    if (results.data.jobComplete) return results.data
    onProgress?.(Date.now() - began)
  }
}

function pageOf(results: QueryResults, request: PageRequest, options: WarehouseOptions): Page {
  const fields = (results.schema?.fields ?? []).map(
    (field): ResultField => ({ name: field.name, type: columnTypeOf(field), nullable: field.mode !== 'REQUIRED' }),
  )
  const rows = results.rows.map(({ f }) => fields.map((field, index) => cellOf(f[index], field.type)))
  const bytes = JSON.stringify(rows).length
  if (bytes > options.maxPageBytes) {
    throw new Failure('result_too_large', { detail: `It has ${bytes} bytes; ${options.maxPageBytes} are allowed.` })
  }
  return {
    fields,
    rows,
    index: request.index,
    statistics: statisticsOf(results),
    ...(results.totalRows === undefined ? {} : { totalRows: Number(results.totalRows) }),
    ...(results.pageToken ? { nextPageToken: results.pageToken } : {}),
  }
}

function statisticsOf({ totalBytesProcessed, numDmlAffectedRows, cacheHit }: QueryResults): JobStatistics {
  return {
    ...(totalBytesProcessed === undefined ? {} : { bytesProcessed: Number(totalBytesProcessed) }),
    ...(numDmlAffectedRows ? { affectedRows: Number(numDmlAffectedRows) } : {}),
    ...(cacheHit === undefined ? {} : { cacheHit }),
  }
}
