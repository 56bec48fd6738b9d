import { Failure } from '../../model/failure.ts'
import type { BigQueryDesk } from './desk.ts'
import type { Asker } from './find-entry.ts'
import { findJob } from './find-job.ts'
import type { Answer } from './method.ts'
import { showResults } from './results.ts'

type Asked = Asker & {
  readonly path: { readonly project: string; readonly dataset: string; readonly table: string }
  readonly desk: BigQueryDesk
}

/** A job's result as a table: its columns and how many rows it has, for the job's owner. */
export async function resultTable({ path, ...asker }: Asked): Promise<Answer> {
  const { project, dataset, table } = path
  const { desk } = asker
  const entry = await findJob({ ...asker, path: { project, job: table }, query: {} })
  if ('state' in entry) return entry
  const wanted = { maxRows: 0, waitMs: desk.options.defaultWaitMs, format: 'FLOAT64' } as const
  const { jobComplete, schema, totalRows } = await showResults(entry, wanted, desk, new AbortController().signal)
  if (jobComplete !== true) throw new Failure('not_found', { detail: `The job ${table} has no result yet.` })
  const body = {
    kind: 'bigquery#table',
    id: `${project}:${dataset}.${table}`,
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    ...{ type: 'TABLE', schema, numRows: totalRows, location: entry.job.ref.location },
  }
  return { state: 'answered', body, decisionId: entry.job.decision.id }
}
