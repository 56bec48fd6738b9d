import { Failure } from '../../model/failure.ts'
import type { Principal } from '../../model/principal.ts'
import type { BigQueryDesk } from './desk.ts'
import { findJob } from './find-job.ts'
import { showResults } from './results.ts'

type Asked = {
  readonly path: { readonly project: string; readonly dataset: string; readonly table: string }
  readonly principal: Principal
  readonly desk: BigQueryDesk
}

/** A job's result as a table: its columns and how many rows it has, for the job's owner. */
export async function resultTable({ path, principal, desk }: Asked): Promise<object> {
  const { project, dataset, table } = path
  const entry = findJob({ path: { project, job: table }, query: {}, principal, desk })
  const wanted = { maxRows: 0, waitMs: desk.options.defaultWaitMs, format: 'FLOAT64' } as const
  const { jobComplete, schema, totalRows } = await showResults(entry, wanted, desk, new AbortController().signal)
  if (jobComplete !== true) throw new Failure('not_found', { detail: `The job ${table} has no result yet.` })
  return {
    kind: 'bigquery#table',
    id: `${project}:${dataset}.${table}`,
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    ...{ type: 'TABLE', schema, numRows: totalRows, location: entry.job.ref.location },
  }
}
