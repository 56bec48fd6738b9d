import type { JobsPort } from '../gateway/jobs-port.ts'
import type { CatalogPort, WarehousePort } from '../gateway/ports.ts'
import type { TransferPort } from '../gateway/transfer-port.ts'
import type { JobRef } from '../model/job.ts'
import { openAuthHeaders } from './auth-headers.ts'
import { cancelJob } from './cancel.ts'
import { openCatalog } from './catalog.ts'
import { readClassifications } from './classifications.ts'
import { endpointOf, openClient } from './client.ts'
import { openEstimate } from './dry-run.ts'
import { openExecute, resumeJob } from './execute.ts'
import { forgettingChanges, forgettingTransfers } from './forget-changed.ts'
import { jobState } from './job-state.ts'
import { openJobs } from './jobs.ts'
import type { WarehouseOptions } from './options.ts'
import { openPages } from './page.ts'
import { openSendBytes } from './send-bytes.ts'
import { openTransfers } from './transfer.ts'

export type Warehouse = {
  readonly port: WarehousePort
  readonly transfers: TransferPort
  readonly jobs: JobsPort
  readonly catalog: CatalogPort
  /** What became of a job, for requests that a crash left open. */
  readonly jobState: (job: JobRef) => Promise<string>
  readonly close: () => void
}

/** BigQuery, or whatever speaks its REST API. */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const [authHeaders, classifications] = await Promise.all([
    openAuthHeaders(options),
    readClassifications(options.classificationsPath),
  ])
  const { call, close } = openClient(options, authHeaders)
  const catalog = openCatalog(call, classifications, options)
  const port = {
    estimate: openEstimate(call),
    execute: openExecute(call),
    resume: resumeJob,
    ...openPages(call, options),
    cancel: ({ ref }: { readonly ref: JobRef }) => cancelJob(call, ref),
  }
  return {
    port: forgettingChanges(port, catalog.forget),
    transfers: forgettingTransfers(
      openTransfers(call, openSendBytes(endpointOf(options), authHeaders)),
      catalog.forget,
    ),
    jobs: openJobs(call),
    catalog,
    jobState: job => jobState(call, job),
    close,
  }
}
