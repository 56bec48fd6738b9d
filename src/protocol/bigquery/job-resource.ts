import type { StatementBrief } from '../../gateway/kept-query.ts'
import type { Failure } from '../../model/failure.ts'
import type { JobStatistics } from '../../model/result.ts'
import type { TableRef } from '../../model/table-ref.ts'
import type { BigQueryDesk } from './desk.ts'
import { errorOfFailure, type GoogleError } from './error-envelope.ts'
import { withEtag } from './etag.ts'
import { type AnyEntry, briefIn } from './job-book.ts'
import { selfLink } from './self-link.ts'
import { transferStatistics } from './transfer-statistics.ts'
import { wireChanges } from './wire-statistics.ts'

export function jobReference({ id, job }: AnyEntry) {
  return { projectId: job.ref.project, jobId: id, location: job.ref.location }
}

/** BigQuery keeps each result in a table without a name, which some clients read. Here such a table leads back to its job. */
export const resultsDataset = '_sluice_results'

/** Every query has a job, because its client needs one. */
export const jobCreationReason = { code: 'REQUESTED' } as const

/** A job as `jobs.get` shows it to its owner: the owner's own text, never the governed one, and no query plan. */
export function jobResource(entry: AnyEntry, desk: BigQueryDesk): object {
  const { job, ended } = entry
  const { project, location } = job.ref
  const brief = briefIn(entry)
  const { failure } = ended ?? {}
  const error = failure === undefined ? undefined : errorOf(failure, entry)
  return withEtag({
    kind: 'bigquery#job',
    id: `${project}:${location}.${entry.id}`,
    selfLink: selfLink(`projects/${project}/jobs/${entry.id}?location=${location}`, desk),
    jobReference: jobReference(entry),
    user_email: job.principal.email ?? job.principal.subject,
    configuration: brief === undefined ? entry.configuration : withDestination(entry, brief),
    status: {
      state: ended === undefined ? 'RUNNING' : 'DONE',
      ...(error === undefined ? {} : { errorResult: error, errors: [error] }),
    },
    statistics: statisticsOf(entry, brief),
    jobCreationReason,
  })
}

type JobError = Pick<GoogleError, 'reason' | 'message'> & { readonly location?: string }

/** What is wrong with a file is not wrong with a query. */
function errorOf(failure: Failure, entry: AnyEntry): JobError {
  const { reason, message } = errorOfFailure(failure)
  if (reason !== 'invalidQuery') return { reason, message }
  return briefIn(entry) === undefined ? { reason: 'invalid', message } : { reason, message, location: 'query' }
}

function withDestination({ id, job, configuration }: AnyEntry, { target }: StatementBrief): object {
  const resultTable = { projectId: job.ref.project, datasetId: resultsDataset, tableId: id }
  const destinationTable = target === undefined ? resultTable : wireTable(target)
  return { ...configuration, query: { ...(configuration['query'] as object), destinationTable } }
}

function wireTable({ project, dataset, table }: TableRef): object {
  return { projectId: project, datasetId: dataset, tableId: table }
}

function statisticsOf(entry: AnyEntry, brief: StatementBrief | undefined): object {
  const { job, ended } = entry
  const startTime = String(job.startedAt.getTime())
  const running = { creationTime: startTime, startTime }
  const known = ended === undefined ? running : { ...running, endTime: String(ended.at.getTime()) }
  return { ...known, ...(brief === undefined ? transferStatistics(entry) : queryStatistics(entry, brief)) }
}

function queryStatistics({ ended }: AnyEntry, brief: StatementBrief): object {
  const { kind, class: statementClass, destination } = brief
  const statementType = destination === undefined ? kind : 'SELECT'
  const target = statementClass === 'ddl' && brief.target ? wireTable(brief.target) : undefined
  const query = { statementType, ...(target === undefined ? {} : { ddlTargetTable: target }) }
  if (ended === undefined) return { query }
  const cost = costOf(ended.statistics)
  return { ...cost.total, query: { ...query, ...cost.query } }
}

function costOf({
  bytesProcessed = 0,
  bytesBilled = 0,
  cacheHit = false,
  slotMs,
  exported,
  ...changed
}: JobStatistics) {
  const totalBytesProcessed = String(bytesProcessed)
  return {
    total: { totalBytesProcessed, ...(slotMs === undefined ? {} : { totalSlotMs: String(slotMs) }) },
    query: {
      ...{ totalBytesProcessed, totalBytesBilled: String(bytesBilled), cacheHit },
      ...wireChanges(changed),
      ...(exported && { exportDataStatistics: { fileCount: String(exported.files), rowCount: String(exported.rows) } }),
    },
  }
}
