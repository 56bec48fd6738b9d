import { z } from 'zod'
import { cancelJob } from '../../../gateway/cancel-job.ts'
import type { Refusal } from '../../../gateway/outcome.ts'
import { start } from '../../../gateway/run-query.ts'
import { tableQuery } from '../../../gateway/table-query.ts'
import { Failure } from '../../../model/failure.ts'
import { findJob } from '../find-job.ts'
import { formatOf } from '../format-options.ts'
import type { JobEntry } from '../job-book.ts'
import { resultsDataset } from '../job-resource.ts'
import { type Answer, type Call, defineMethod } from '../method.ts'
import { count, formatParameters, pageTokenText, queryString } from '../query-string.ts'
import { pageEtag, showResults } from '../results.ts'
import { shownConfiguration } from '../shown-configuration.ts'

const columnNames = z
  .string()
  .regex(/^[^`\\.\p{C}]+$/u, { error: 'names columns of the table, and no fields inside them' })
  .transform(text => text.split(',').map(name => name.trim()))

const queryParameters = queryString({
  ...formatParameters,
  maxResults: count.exactOptional(),
  pageToken: pageTokenText.exactOptional(),
  selectedFields: columnNames.exactOptional(),
  startIndex: count.exactOptional(),
})
type ListRows = Call<'project' | 'dataset' | 'table', z.infer<typeof queryParameters>, undefined>

/** Reads rows of a table without SQL; here it is a query like any other, with the same decision, masks and record. */
export const listRows = defineMethod({
  id: 'bigquery.tabledata.list',
  verb: 'GET',
  path: 'projects/{project}/datasets/{dataset}/tables/{table}/data',
  query: queryParameters,
  run: async call => {
    const { pageToken } = call.query
    const opened = await (pageToken === undefined ? startReading(call) : goOn(call, pageToken))
    return 'state' in opened ? opened : readPage(call, opened)
  },
})

type Reading = { readonly entry: JobEntry; readonly pageToken?: string }

async function startReading({ path, query, ...asker }: ListRows): Promise<Reading | Refusal> {
  const { request, desk } = asker
  const { project, dataset, table } = path
  if (dataset === resultsDataset) {
    return readingOf(await findJob({ ...asker, path: { project, job: table }, query: {} }))
  }
  const { selectedFields: columns } = query
  const text = tableQuery({ table: path, ...(columns === undefined ? {} : { columns }) })
  const started = await start({ ...request, text, parameters: [], project }, desk.ports)
  if (started.state !== 'running') return started
  const { job } = started
  const entry = { id: job.ref.jobId, job, configuration: shownConfiguration({ query: text }) }
  desk.jobs.put(entry)
  return { entry }
}

/** The token of a table's page holds the job that reads it and the page of that job. */
async function goOn({ path, ...asker }: ListRows, token: string): Promise<Reading | Refusal> {
  const { principal, desk } = asker
  const place = desk.pageTokens.open(token, tableOf(path), principal)
  const [job = '', pageToken = ''] = place.pageToken?.split(' ') ?? []
  return readingOf(await findJob({ ...asker, path: { project: path.project, job }, query: {} }), pageToken)
}

function readingOf(entry: JobEntry | Refusal, pageToken?: string): Reading | Refusal {
  if ('state' in entry) return entry
  return pageToken === undefined ? { entry } : { entry, pageToken }
}

async function readPage(call: ListRows, { entry, pageToken }: Reading): Promise<Answer> {
  const { path, query, request, desk } = call
  const { defaultMaxRows, maxWaitMs: waitMs } = desk.options
  const maxRows = Math.max(1, query.maxResults ?? defaultMaxRows)
  const wanted = { maxRows, waitMs, format: formatOf(query), startIndex: query.startIndex, pageToken }
  const results = await showResults(entry, wanted, desk, request.signal)
  if (results['jobComplete'] !== true) {
    await cancelJob(entry.job, desk.ports)
    throw new Failure('deadline_exceeded', { detail: `The table was not read within ${waitMs} ms.` })
  }
  const { totalRows, rows, pageToken: next } = results
  const of = tableOf(path)
  const place = { of, pageToken: `${entry.id} ${next}`, index: 0 }
  const more = next === undefined ? {} : { pageToken: desk.pageTokens.seal(place, call.principal) }
  const body = { kind: 'bigquery#tableDataList', etag: pageEtag(entry, wanted), totalRows, rows, ...more }
  return { state: 'answered', body, decisionId: entry.job.decision.id }
}

function tableOf({ project, dataset, table }: ListRows['path']): string {
  return `${project}.${dataset}.${table}`
}
