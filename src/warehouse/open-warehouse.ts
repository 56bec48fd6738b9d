import type { CatalogPort, WarehousePort } from '../gateway/ports.ts'
import type { JobRef, RunningJob } from '../model/job.ts'
import { cancelJob } from './cancel.ts'
import { openCatalog } from './catalog.ts'
import { readClassifications } from './classifications.ts'
import { openClient } from './client.ts'
import { openEstimate } from './dry-run.ts'
import { openExecute } from './execute.ts'
import { forgettingChanges } from './forget-changed.ts'
import { jobState } from './job-state.ts'
import type { WarehouseOptions } from './options.ts'
import { openPages } from './page.ts'

export type Warehouse = {
  readonly port: WarehousePort
  readonly catalog: CatalogPort
  /** What became of a job, for requests that a crash left open. */
  readonly jobState: (job: JobRef) => Promise<string>
  readonly close: () => void
}

/** BigQuery, or whatever speaks its REST API. */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const [{ call, close }, classifications] = await Promise.all([
    openClient(options),
    readClassifications(options.classificationsPath),
  ])
  const catalog = openCatalog(call, classifications, options)
  const port = {
    estimate: openEstimate(call),
    execute: openExecute(call),
    ...openPages(call, options),
    cancel: (job: RunningJob) => cancelJob(call, job.ref),
  }
  return {
    port: forgettingChanges(port, catalog.forget),
    catalog,
    jobState: job => jobState(call, job),
    close,
  }
}
