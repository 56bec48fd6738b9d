import { createHash } from 'node:crypto'
import type { Query } from '../../../gateway/query.ts'
import { explain, start } from '../../../gateway/run-query.ts'
import type { BigQueryDesk } from '../desk.ts'
import { dryRunStatistics } from '../dry-run.ts'
import { timestampFormat } from '../format-options.ts'
import { isQuery, type JobEntry } from '../job-book.ts'
import { keepJob } from '../keep-job.ts'
import { type Answer, defineMethod } from '../method.ts'
import { type QueryRequest, queryOf, queryRequest } from '../query-config.ts'
import { queryString } from '../query-string.ts'
import { operationRefusedIn } from '../refused-fields.ts'
import { showResults } from '../results.ts'
import { shownConfiguration } from '../shown-configuration.ts'

const kind = 'bigquery#queryResponse'

/** Runs a query and answers with its first page, or with its job where that takes longer than the client waits. */
export const query = defineMethod({
  id: 'bigquery.jobs.query',
  verb: 'POST',
  path: 'projects/{project}/queries',
  query: queryString({}),
  body: queryRequest,
  refuses: operationRefusedIn,
  run: async ({ path: { project }, body, request, principal, desk }) => {
    const requestKey = requestKeyOf(body)
    const asked = { ...body, project, ...(requestKey === undefined ? {} : { jobKey: requestKey }) }
    const query = queryOf(asked, request, desk.options)
    if (body.dryRun === true) return dryRun(query, project, desk)

    const known = requestKey === undefined ? undefined : desk.jobs.again(principal, project, requestKey)
    if (known !== undefined && isQuery(known)) return firstPage(known, body, desk, request.signal)
    const started = await start(query, desk.ports)
    if (started.state !== 'running') return started
    const { job } = started
    const configuration = shownConfiguration(body)
    const entry = { id: job.ref.jobId, job, configuration, ...(requestKey === undefined ? {} : { requestKey }) }
    return firstPage(keepJob(entry, desk), body, desk, request.signal)
  },
})

/** Two requests are one where the client gave both one id and they say the same. */
function requestKeyOf(body: QueryRequest): string | undefined {
  if (body.requestId === undefined) return undefined
  return `request ${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`
}

async function firstPage(
  entry: JobEntry,
  body: QueryRequest,
  desk: BigQueryDesk,
  signal: AbortSignal,
): Promise<Answer> {
  const { maxResults, timeoutMs, formatOptions } = body
  const { defaultMaxRows, defaultWaitMs, maxWaitMs } = desk.options
  const wanted = {
    maxRows: maxResults ?? defaultMaxRows,
    waitMs: Math.min(timeoutMs ?? defaultWaitMs, maxWaitMs),
    format: timestampFormat(formatOptions),
  }
  const results = await showResults(entry, wanted, desk, signal)
  return { state: 'answered', body: { kind, ...results }, decisionId: entry.job.decision.id }
}

async function dryRun(query: Query, project: string, desk: BigQueryDesk): Promise<Answer> {
  const outcome = await explain(query, { estimate: true }, desk.ports)
  if (outcome.state !== 'allowed') return outcome
  const { totalBytesProcessed, cacheHit, schema } = dryRunStatistics(outcome)
  const jobReference = { projectId: project, location: query.location ?? desk.ports.settings.location }
  const shown = { kind, jobReference, jobComplete: true, totalBytesProcessed, cacheHit }
  return {
    state: 'answered',
    body: { ...shown, ...(schema === undefined ? {} : { schema }) },
    decisionId: outcome.decision.id,
  }
}
