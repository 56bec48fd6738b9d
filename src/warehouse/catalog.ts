import { nearestNames } from '../base/nearest-names.ts'
import type { CatalogPort, DatasetEntry } from '../gateway/ports.ts'
import type { CatalogDataset, CatalogEntry, CatalogRoutine, CatalogTable, RoutineEntry } from '../model/catalog.ts'
import { type TableRef, tableId } from '../model/table-ref.ts'
import { openCatalogCache } from './catalog-cache.ts'
import { askCatalog, type DatasetRef, listDatasets, listRoutineNames, listTableNames } from './catalog-lists.ts'
import type { Classifications } from './classifications.ts'
import type { ApiClient } from './client.ts'
import { catalogDatasetOf, datasetResource } from './dataset-resource.ts'
import { mapAtMost } from './map-at-most.ts'
import type { WarehouseOptions } from './options.ts'
import { catalogRoutineOf, routineResource } from './routine-resource.ts'
import { catalogTableOf, tableResource } from './table-resource.ts'

const maxLists = 1_000
/** A dataset may hold thousands of tables; BigQuery takes a hundred requests a second. */
const maxCallsAtOnce = 16

export type Catalog = CatalogPort & {
  /** A table or a routine changed, or a whole dataset where `table` is empty: what is known of it is no longer believed. */
  readonly forget: (changed: TableRef) => void
}

/** What exists, asked of BigQuery and believed for a while. */
export function openCatalog(call: ApiClient, classifications: Classifications, options: WarehouseOptions): Catalog {
  const { catalogMaxTables, catalogTtlSeconds: ttl } = options
  const entries = openCatalogCache<CatalogEntry>(catalogMaxTables, ttl, ({ state }) => state === 'missing')
  const routines = openCatalogCache<RoutineEntry>(catalogMaxTables, ttl, ({ state }) => state === 'missing')
  const names = openCatalogCache<readonly string[]>(maxLists, ttl)
  const datasets = openCatalogCache<readonly DatasetEntry[]>(maxLists, ttl)
  const dataset = openCatalogCache<{ readonly found?: CatalogDataset }>(
    maxLists,
    ttl,
    ({ found }) => found === undefined,
  )

  const tableNames = (place: DatasetRef) =>
    names.known(`${place.project}.${place.dataset}`, () => listTableNames(call, place))
  const entry = (ref: TableRef) =>
    entries.known(tableId(ref), async () => {
      const table = await getTable(call, ref, classifications)
      if (table !== undefined) return { state: 'found', table }
      return { state: 'missing', nearest: nearestNames(ref.table, await tableNames(ref)) }
    })

  const routine = (ref: TableRef) =>
    routines.known(tableId(ref), async (): Promise<RoutineEntry> => {
      const found = await getRoutine(call, ref)
      if (found !== undefined) return { state: 'found', routine: found }
      return { state: 'missing', nearest: nearestNames(ref.table, await listRoutineNames(call, ref)) }
    })

  async function tablesNamed(place: DatasetRef, wanted: readonly string[]): Promise<readonly CatalogTable[]> {
    const found = await mapAtMost(maxCallsAtOnce, wanted, table => entry({ ...place, table }))
    return found.flatMap(known => (known.state === 'found' ? [known.table] : []))
  }

  /** Newest first, as the names of shards sort by their date. */
  async function matching(pattern: TableRef): Promise<readonly CatalogTable[]> {
    const prefix = pattern.table.replace(/\*$/, '')
    const matches = (await tableNames(pattern)).filter(name => name.startsWith(prefix))
    return tablesNamed(pattern, matches.toSorted().toReversed())
  }

  return {
    async snapshot(wanted) {
      const tables = wanted.tables.map(async ref => [tableId(ref), await entry(ref)] as const)
      const wildcards = wanted.wildcards.map(async ref => [tableId(ref), await matching(ref)] as const)
      const called = wanted.routines.map(async ref => [tableId(ref), await routine(ref)] as const)
      return {
        tables: new Map(await Promise.all(tables)),
        wildcards: new Map(await Promise.all(wildcards)),
        routines: new Map(await Promise.all(called)),
      }
    },
    datasets: project => datasets.known(project, () => listDatasets(call, project)),
    dataset: async place => {
      const { found } = await dataset.known(`${place.project}.${place.dataset}`, () => getDataset(call, place))
      return found
    },
    tables: async place => tablesNamed(place, await tableNames(place)),
    routines: async place => {
      const all = await listRoutineNames(call, place)
      const found = await mapAtMost(maxCallsAtOnce, all, table => routine({ ...place, table }))
      return found.flatMap(known => (known.state === 'found' ? [known.routine] : []))
    },
    forget(changed) {
      const place = `${changed.project}.${changed.dataset}`
      const isChanged = (id: string) => (changed.table === '' ? id.startsWith(`${place}.`) : id === tableId(changed))
      entries.forget(isChanged)
      routines.forget(isChanged)
      names.forget(known => known === place)
      if (changed.table !== '') return
      datasets.forget(project => project === changed.project)
      dataset.forget(known => known === place)
    },
  }
}

async function getDataset(
  call: ApiClient,
  { project, dataset }: DatasetRef,
): Promise<{ readonly found?: CatalogDataset }> {
  const path = `/datasets/${encodeURIComponent(dataset)}`
  const resource = await askCatalog(call, { project, path }, datasetResource)
  return resource === undefined ? {} : { found: catalogDatasetOf(resource) }
}

async function getTable(
  call: ApiClient,
  { project, dataset, table }: TableRef,
  classifications: Classifications,
): Promise<CatalogTable | undefined> {
  const path = `/datasets/${encodeURIComponent(dataset)}/tables/${encodeURIComponent(table)}`
  const resource = await askCatalog(call, { project, path }, tableResource)
  return resource === undefined ? undefined : catalogTableOf(resource, classifications)
}

async function getRoutine(call: ApiClient, { project, dataset, table }: TableRef): Promise<CatalogRoutine | undefined> {
  const path = `/datasets/${encodeURIComponent(dataset)}/routines/${encodeURIComponent(table)}`
  const resource = await askCatalog(call, { project, path }, routineResource)
  return resource === undefined ? undefined : catalogRoutineOf(resource)
}
