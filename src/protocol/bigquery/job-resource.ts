import type { Failure } from '../../model/failure.ts'
import type { JobStatistics } from '../../model/result.ts'
import type { Access, StatementFacts } from '../../model/statement.ts'
import type { BigQueryDesk } from './desk.ts'
import { errorOfFailure, type GoogleError } from './error-envelope.ts'
import { type AnyEntry, isQuery, type JobEntry } from './job-book.ts'
import { transferStatistics } from './transfer-statistics.ts'
import { wireChanges } from './wire-statistics.ts'

export function jobReference({ id, job }: AnyEntry) {
  return { projectId: job.ref.project, jobId: id, location: job.ref.location }
}

/** BigQuery keeps each result in a table without a name, which some clients read. Here such a table leads back to its job. */
export const resultsDataset = '_sluice_results'

/** A job as `jobs.get` shows it to its owner: the owner's own text, never the governed one, and no query plan. */
export function jobResource(entry: AnyEntry, desk: BigQueryDesk): object {
  const { job, ended } = entry
  const { project, location } = job.ref
  const path = `bigquery/v2/projects/${project}/jobs/${entry.id}?location=${location}`
  const { failure } = ended ?? {}
  const error = failure === undefined ? undefined : errorOf(failure, entry)
  const errorResult = error === undefined ? undefined : { reason: error.reason, message: error.message }
  return {
    kind: 'bigquery#job',
    id: `${project}:${location}.${entry.id}`,
    selfLink: new URL(path, desk.publicUrl()).href,
    jobReference: jobReference(entry),
    user_email: job.principal.email ?? job.principal.subject,
    configuration: isQuery(entry) ? withDestination(entry) : entry.configuration,
    status: {
      state: ended === undefined ? 'RUNNING' : 'DONE',
      ...(errorResult === undefined ? {} : { errorResult, errors: [errorResult] }),
    },
    statistics: statisticsOf(entry),
  }
}

/** What is wrong with a file is not wrong with a query. */
function errorOf(failure: Failure, entry: AnyEntry): Pick<GoogleError, 'reason' | 'message'> {
  const { reason, message } = errorOfFailure(failure)
  return { reason: reason === 'invalidQuery' && !isQuery(entry) ? 'invalid' : reason, message }
}

function withDestination({ id, job, configuration }: JobEntry): object {
  const resultTable = { projectId: job.ref.project, datasetId: resultsDataset, tableId: id }
  const destinationTable = targetOf(job.statement) ?? resultTable
  return { ...configuration, query: { ...(configuration['query'] as object), destinationTable } }
}

/** The table that a statement writes or makes, where it is one. */
function targetOf({ tables }: StatementFacts): object | undefined {
  const changed = tables.find(({ kind, access }) => kind !== 'dataset' && access.some(one => changing.has(one)))
  if (changed === undefined) return undefined
  const { project, dataset, table } = changed.ref
  return { projectId: project, datasetId: dataset, tableId: table }
}

const changing: ReadonlySet<Access> = new Set(['write', 'create', 'alter', 'drop', 'truncate'])

function statisticsOf(entry: AnyEntry): object {
  const { job, ended } = entry
  const startTime = String(job.startedAt.getTime())
  const running = { creationTime: startTime, startTime }
  const known = ended === undefined ? running : { ...running, endTime: String(ended.at.getTime()) }
  return { ...known, ...(isQuery(entry) ? queryStatistics(entry) : transferStatistics(entry)) }
}

function queryStatistics({ job, ended }: JobEntry): object {
  const { kind, class: statementClass, destination } = job.statement
  const statementType = destination === undefined ? kind : 'SELECT'
  const target = statementClass === 'ddl' ? targetOf(job.statement) : undefined
  const query = { statementType, ...(target === undefined ? {} : { ddlTargetTable: target }) }
  if (ended === undefined) return { query }
  const cost = costOf(ended.statistics)
  return { ...cost.total, query: { ...query, ...cost.query } }
}

function costOf({ bytesProcessed = 0, bytesBilled = 0, cacheHit = false, slotMs, ...changed }: JobStatistics) {
  const totalBytesProcessed = String(bytesProcessed)
  return {
    total: { totalBytesProcessed, ...(slotMs === undefined ? {} : { totalSlotMs: String(slotMs) }) },
    query: {
      ...{ totalBytesProcessed, totalBytesBilled: String(bytesBilled), cacheHit },
      ...wireChanges(changed),
    },
  }
}
