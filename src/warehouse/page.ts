import { z } from 'zod'
import type { PageRequest, WarehousePort } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import { isProtected } from '../model/governed.ts'
import type { RunningJob } from '../model/job.ts'
import type { JobStatistics, Page, ResultField } from '../model/result.ts'
import { cancelJob } from './cancel.ts'
import { cellOf, sizeOf } from './cells.ts'
import { type ApiClient, abortFailure } from './client.ts'
import { columnTypeOf, wireField } from './field-type.ts'
import { jobCost } from './job-statistics.ts'
import type { WarehouseOptions } from './options.ts'
import { shownFailure } from './shown-failure.ts'

type WireRow = { readonly f: readonly unknown[] }

const queryResults = z.object({
  jobComplete: z.boolean(),
  schema: z.object({ fields: z.array(wireField).default([]) }).optional(),
  rows: z.custom<readonly WireRow[]>(areWireRows).default([]),
  totalRows: z.string().optional(),
  pageToken: z.string().nullish(),
  totalBytesProcessed: z.string().optional(),
  totalBytesBilled: z.string().nullish(),
  totalSlotMs: z.string().nullish(),
  cacheHit: z.boolean().optional(),
  numDmlAffectedRows: z.string().nullish(),
})
type QueryResults = z.infer<typeof queryResults>

// A schema would copy each row of a large page before its cells are read.
function areWireRows(rows: unknown): rows is readonly WireRow[] {
  return Array.isArray(rows) && rows.every(row => Array.isArray((row as Partial<WireRow> | null)?.f))
}

type Pages = Pick<WarehousePort, 'page' | 'pageWithin'>

/** Waits for the job and reads one page. A client that leaves takes its job with it. */
export function openPages(call: ApiClient, options: WarehouseOptions): Pages {
  const within = async (job: RunningJob, request: PageRequest, waitMs: number, signal: AbortSignal) => {
    try {
      return await readPage(call, job, request, waitMs, options, signal)
    } catch (thrown) {
      if (!signal.aborted) throw shownFailure(thrown, isProtected(job.governed))
      await cancelJob(call, job.ref)
      throw abortFailure(signal)
    }
  }
  return {
    pageWithin: within,
    page: async (job, request, signal, onProgress) => {
      const began = Date.now()
      for (;;) {
        const page = await within(job, request, options.pollTimeoutMs, signal)
        if (page !== undefined) return page
        onProgress?.(Date.now() - began)
      }
    },
  }
}

async function readPage(
  call: ApiClient,
  job: RunningJob,
  request: PageRequest,
  waitMs: number,
  options: WarehouseOptions,
  signal: AbortSignal,
): Promise<Page | undefined> {
  const results = await readResults(call, job, request, waitMs, signal)
  if (!results.jobComplete) return undefined
  const page = pageOf(results, request, options)
  if (page.nextPageToken !== undefined) return page
  const cost = job.cost ?? (hasUntoldCost(page.statistics) ? await jobCost(call, job.ref, signal) : {})
  return { ...page, statistics: { ...page.statistics, ...cost } }
}

/** Whether its job knows more of what it cost than a page says. */
function hasUntoldCost({ bytesProcessed = 0, bytesBilled, cacheHit, affectedRows }: JobStatistics): boolean {
  return affectedRows !== undefined || (bytesProcessed > 0 && cacheHit !== true && bytesBilled === undefined)
}

async function readResults(
  call: ApiClient,
  job: RunningJob,
  { maxRows, pageToken, startIndex }: PageRequest,
  waitMs: number,
  signal: AbortSignal,
): Promise<QueryResults> {
  const { project, jobId, location } = job.ref
  const query = {
    location,
    maxResults: maxRows,
    timeoutMs: waitMs,
    'formatOptions.useInt64Timestamp': true,
    ...(pageToken === undefined ? {} : { pageToken }),
    ...(startIndex === undefined ? {} : { startIndex }),
  }
  const path = `/queries/${encodeURIComponent(jobId)}`
  const results = queryResults.safeParse(await call({ method: 'GET', project, path, query, waitMs }, signal))
  if (!results.success) throw new Failure('warehouse_failed', {}, { cause: results.error })
  return results.data
}

function pageOf(results: QueryResults, request: PageRequest, options: WarehouseOptions): Page {
  const fields = (results.schema?.fields ?? []).map(
    (field): ResultField => ({ name: field.name, type: columnTypeOf(field), nullable: field.mode !== 'REQUIRED' }),
  )
  const rows = results.rows.map(({ f }) => fields.map((field, index) => cellOf(f[index], field.type)))
  const bytes = rows.reduce((sum, row) => sum + sizeOf(row) + 1, 1)
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

function statisticsOf({ totalBytesProcessed, numDmlAffectedRows, cacheHit, ...cost }: QueryResults): JobStatistics {
  const { totalBytesBilled, totalSlotMs } = cost
  return {
    ...(totalBytesProcessed === undefined ? {} : { bytesProcessed: Number(totalBytesProcessed) }),
    ...(totalBytesBilled ? { bytesBilled: Number(totalBytesBilled) } : {}),
    ...(totalSlotMs ? { slotMs: Number(totalSlotMs) } : {}),
    ...(numDmlAffectedRows ? { affectedRows: Number(numDmlAffectedRows) } : {}),
    ...(cacheHit === undefined ? {} : { cacheHit }),
  }
}
