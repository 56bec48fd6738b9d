import { createHash } from 'node:crypto'
import type { Query } from '../../../gateway/query.ts'
import { explain } from '../../../gateway/run-query.ts'
import type { BigQueryDesk } from '../desk.ts'
import { dryRunStatistics } from '../dry-run.ts'
import { timestampFormat } from '../format-options.ts'
import type { JobEntry } from '../job-book.ts'
import { jobCreationReason } from '../job-resource.ts'
import { type Answer, defineMethod } from '../method.ts'
import { type QueryRequest, queryOf, queryRequest } from '../query-config.ts'
import { queryString } from '../query-string.ts'
import { operationRefusedIn } from '../refused-fields.ts'
import { showResults } from '../results.ts'
import { startOnce } from '../start-once.ts'

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
    const asked = { ...body, project, ...(requestKey === undefined ? {} : { requestKey }) }
    const query = queryOf(asked, request, desk.options)
    if (body.dryRun === true) return dryRun(query, project, desk)

    const entry = await startOnce(query, { principal, request, desk, body })
    return 'state' in entry ? entry : firstPage(entry, body, desk, request.signal)
  },
})

/** Two requests are one where the client gave both one id and they say the same. */
function requestKeyOf(body: QueryRequest): string | undefined {
  if (body.requestId === undefined) return undefined
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
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
  return { state: 'answered', body: { kind, ...results, ...jobFacts(entry, desk) }, decisionId: entry.job.decision.id }
}

/** What `jobs.query` says of its job, as clients would else have to ask for it. */
function jobFacts({ id, job }: JobEntry, desk: BigQueryDesk): object {
  const { project, location } = job.ref
  const startTime = String(job.startedAt.getTime())
  const { ended } = desk.jobs.find(job.principal, project, id) ?? {}
  const facts = { queryId: id, location, jobCreationReason, creationTime: startTime, startTime }
  if (ended === undefined) return facts
  const { bytesProcessed, bytesBilled = bytesProcessed === 0 ? 0 : undefined, slotMs } = ended.statistics
  return {
    ...{ ...facts, endTime: String(ended.at.getTime()) },
    ...(bytesBilled === undefined ? {} : { totalBytesBilled: String(bytesBilled) }),
    ...(slotMs === undefined ? {} : { totalSlotMs: String(slotMs) }),
  }
}

async function dryRun(query: Query, project: string, desk: BigQueryDesk): Promise<Answer> {
  const outcome = await explain(query, { estimate: true }, desk.ports)
  if (outcome.state !== 'allowed') return outcome
  const { totalBytesProcessed, cacheHit, schema } = dryRunStatistics(outcome)
  const location = query.location ?? desk.ports.settings.location
  const now = String(desk.ports.now().getTime())
  const shown = {
    ...{ kind, jobReference: { projectId: project, location }, location, jobComplete: true },
    ...{ totalBytesProcessed, totalBytesBilled: '0', cacheHit, creationTime: now, endTime: now },
  }
  return {
    state: 'answered',
    body: { ...shown, ...(schema === undefined ? {} : { schema }) },
    decisionId: outcome.decision.id,
  }
}
