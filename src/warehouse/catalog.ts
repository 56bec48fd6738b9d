import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { nearestNames } from '../base/nearest-names.ts'
import type { CatalogPort, DatasetEntry } from '../gateway/ports.ts'
import type { CatalogEntry, CatalogTable } from '../model/catalog.ts'
import { Failure } from '../model/failure.ts'
import { type TableRef, tableId } from '../model/table-ref.ts'
import type { Classifications } from './classifications.ts'
import type { ApiClient } from './client.ts'
import type { WarehouseOptions } from './options.ts'
import { catalogTableOf, tableResource } from './table-resource.ts'

const tableList = z.object({
  tables: z.array(z.object({ tableReference: z.object({ tableId: z.string() }) })).default([]),
  nextPageToken: z.string().nullish(),
})
const datasetList = z.object({
  datasets: z
    .array(z.object({ datasetReference: z.object({ datasetId: z.string() }), location: z.string().default('') }))
    .default([]),
  nextPageToken: z.string().nullish(),
})

type Dataset = { readonly project: string; readonly dataset: string }
const catalogTimeoutMs = 30_000

/** What exists, asked of BigQuery and believed for a while. Two requests for one table make one call. */
export function openCatalog(call: ApiClient, classifications: Classifications, options: WarehouseOptions): CatalogPort {
  const ttl = Math.max(1, options.catalogTtlSeconds * 1000)
  const tables = new LRUCache<string, Promise<CatalogEntry>>({ max: options.catalogMaxTables, ttl })
  const lists = new LRUCache<string, Promise<readonly string[]>>({ max: 1_000, ttl })

  /** A rejected answer is forgotten, so that the next request asks again. */
  function remembered<T extends object>(
    cache: LRUCache<string, Promise<T>>,
    key: string,
    ask: () => Promise<T>,
  ): Promise<T> {
    const known = cache.get(key)
    if (known !== undefined && options.catalogTtlSeconds > 0) return known
    const asked = ask()
    cache.set(key, asked)
    asked.catch(() => cache.delete(key))
    return asked
  }

  const tableNames = (dataset: Dataset) =>
    remembered(lists, `${dataset.project}.${dataset.dataset}`, () => listTableNames(call, dataset))
  const table = (ref: TableRef) =>
    remembered(tables, tableId(ref), () => getTable(call, ref, classifications, tableNames))

  async function matching(pattern: TableRef): Promise<readonly CatalogTable[]> {
    const prefix = pattern.table.replace(/\*$/, '')
    const names = (await tableNames(pattern)).filter(name => name.startsWith(prefix))
    return found(
      await Promise.all(
        names
          .toSorted()
          .toReversed()
          .map(name => table({ ...pattern, table: name })),
      ),
    )
  }

  return {
    async snapshot(wanted) {
      const entries = wanted.tables.map(async ref => [tableId(ref), await table(ref)] as const)
      const matches = wanted.wildcards.map(async ref => [tableId(ref), await matching(ref)] as const)
      return { tables: new Map(await Promise.all(entries)), wildcards: new Map(await Promise.all(matches)) }
    },
    datasets: project => listDatasets(call, project),
    async tables(dataset) {
      return found(await Promise.all((await tableNames(dataset)).map(name => table({ ...dataset, table: name }))))
    },
  }
}

function found(entries: readonly CatalogEntry[]): readonly CatalogTable[] {
  return entries.flatMap(entry => (entry.state === 'found' ? [entry.table] : []))
}

async function getTable(
  call: ApiClient,
  ref: TableRef,
  classifications: Classifications,
  tableNames: (dataset: Dataset) => Promise<readonly string[]>,
): Promise<CatalogEntry> {
  const path = `/datasets/${encodeURIComponent(ref.dataset)}/tables/${encodeURIComponent(ref.table)}`
  const answer = await askCatalog(call, { method: 'GET', project: ref.project, path })
  const table = answer === undefined ? undefined : catalogTableOf(tableResource.parse(answer), classifications)
  if (table !== undefined) return { state: 'found', table }
  return { state: 'missing', nearest: nearestNames(ref.table, await tableNames(ref)) }
}

async function listTableNames(call: ApiClient, { project, dataset }: Dataset): Promise<readonly string[]> {
  const path = `/datasets/${encodeURIComponent(dataset)}/tables`
  const names: string[] = []
  for (let pageToken: string | undefined; ; ) {
    const answer = await askCatalog(call, { method: 'GET', project, path, query: pageQuery(pageToken) })
    if (answer === undefined) return names
    const { tables, nextPageToken } = tableList.parse(answer)
    names.push(...tables.map(table => table.tableReference.tableId))
    if (!nextPageToken) return names
    pageToken = nextPageToken
  }
}

async function listDatasets(call: ApiClient, project: string): Promise<readonly DatasetEntry[]> {
  const entries: DatasetEntry[] = []
  for (let pageToken: string | undefined; ; ) {
    const answer = await askCatalog(call, { method: 'GET', project, path: '/datasets', query: pageQuery(pageToken) })
    if (answer === undefined) return entries
    const { datasets, nextPageToken } = datasetList.parse(answer)
    const shown = datasets.filter(({ datasetReference }) => !datasetReference.datasetId.startsWith('_'))
    entries.push(
      ...shown.map(({ datasetReference: { datasetId }, location }) => ({ project, dataset: datasetId, location })),
    )
    if (!nextPageToken) return entries
    pageToken = nextPageToken
  }
}

function pageQuery(pageToken: string | undefined): Record<string, string | number> {
  return { maxResults: 1_000, ...(pageToken === undefined ? {} : { pageToken }) }
}

/** Undefined where there is no such thing, or where Sluice itself may not look: to a client both are the same. */
async function askCatalog(call: ApiClient, request: Parameters<ApiClient>[0]): Promise<unknown> {
  try {
    // Shared by whoever asks for the same table, so that one client's leaving does not fail the others.
    return await call(request, AbortSignal.timeout(catalogTimeoutMs))
  } catch (thrown) {
    if (thrown instanceof Failure && ['warehouse_not_found', 'warehouse_access_denied'].includes(thrown.code)) {
      return undefined
    }
    throw new Failure('catalog_unavailable', {}, { cause: thrown })
  }
}
