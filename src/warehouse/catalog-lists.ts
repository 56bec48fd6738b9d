import { z } from 'zod'
import type { DatasetEntry } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import type { ApiCall, ApiClient } from './client.ts'

export type DatasetRef = { readonly project: string; readonly dataset: string }

const tableList = z.object({
  tables: z.array(z.object({ tableReference: z.object({ tableId: z.string() }) })).default([]),
  nextPageToken: z.string().nullish(),
})
const datasetList = z.object({
  datasets: z
    .array(
      z.object({
        datasetReference: z.object({ datasetId: z.string() }),
        location: z.string().default(''),
        type: z.string().exactOptional(),
      }),
    )
    .default([]),
  nextPageToken: z.string().nullish(),
})

const routineList = z.object({
  routines: z.array(z.object({ routineReference: z.object({ routineId: z.string() }) })).default([]),
  nextPageToken: z.string().nullish(),
})

const catalogTimeoutMs = 30_000
const pageSize = 1_000

/** One question about what exists, with its answer as `schema` has it. Undefined where there is no such thing. */
export async function askCatalog<T>(
  call: ApiClient,
  request: Omit<ApiCall, 'method'>,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  try {
    // Shared by whoever asks for the same table, so that one client's leaving does not fail the others.
    return schema.parse(await call({ method: 'GET', ...request }, AbortSignal.timeout(catalogTimeoutMs)))
  } catch (cause) {
    // What Sluice itself may not look at does not exist, as far as its clients are concerned.
    const isAbsent = cause instanceof Failure && /^warehouse_(not_found|access_denied)$/.test(cause.code)
    if (isAbsent) return undefined
    throw new Failure('catalog_unavailable', {}, { cause })
  }
}

export async function listTableNames(call: ApiClient, { project, dataset }: DatasetRef): Promise<readonly string[]> {
  const path = `/datasets/${encodeURIComponent(dataset)}/tables`
  const pages = await everyPage(call, { project, path }, tableList)
  return pages.flatMap(({ tables }) => tables.map(table => table.tableReference.tableId))
}

export async function listRoutineNames(call: ApiClient, { project, dataset }: DatasetRef): Promise<readonly string[]> {
  const path = `/datasets/${encodeURIComponent(dataset)}/routines`
  const pages = await everyPage(call, { project, path }, routineList)
  return pages.flatMap(({ routines }) => routines.map(routine => routine.routineReference.routineId))
}

/** Datasets whose name begins with `_` are BigQuery's own. */
export async function listDatasets(call: ApiClient, project: string): Promise<readonly DatasetEntry[]> {
  const pages = await everyPage(call, { project, path: '/datasets' }, datasetList)
  return pages
    .flatMap(({ datasets }) => datasets)
    .filter(({ datasetReference }) => !datasetReference.datasetId.startsWith('_'))
    .map(({ datasetReference: { datasetId: dataset }, ...said }) => ({ project, dataset, ...said }))
}

async function everyPage<T extends { readonly nextPageToken?: string | null | undefined }>(
  call: ApiClient,
  place: Pick<ApiCall, 'project' | 'path'>,
  schema: z.ZodType<T>,
): Promise<readonly T[]> {
  const pages: T[] = []
  for (let pageToken: string | null | undefined; ; ) {
    const query = { maxResults: pageSize, ...(pageToken ? { pageToken } : {}) }
    const page = await askCatalog(call, { ...place, query }, schema)
    if (page === undefined) return pages
    pages.push(page)
    pageToken = page.nextPageToken
    if (!pageToken) return pages
  }
}
