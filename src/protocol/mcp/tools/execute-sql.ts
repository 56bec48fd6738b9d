import { z } from 'zod'
import { noticesOf } from '../../../gateway/notices.ts'
import type { FetchOutcome } from '../../../gateway/outcome.ts'
import type { Query } from '../../../gateway/query.ts'
import { reopenQuery } from '../../../gateway/reopen-query.ts'
import { explain, fetch, start } from '../../../gateway/run-query.ts'
import { Failure } from '../../../model/failure.ts'
import type { RunningJob } from '../../../model/job.ts'
import type { StatementFacts } from '../../../model/statement.ts'
import { type Continuation, unknownPage } from '../continuation.ts'
import { readParameters } from '../parameters.ts'
import { estimate, notice, purpose, queryParams, queryText, statementSummary } from '../shapes.ts'
import { showPage } from '../show-page.ts'
import { defineTool, type ToolAnswer, type ToolVisit } from '../tool.ts'

const input = z
  .strictObject({
    query: queryText.optional(),
    params: queryParams.optional(),
    dry_run: z.boolean().optional().describe('Whether to check and price the query without running it.'),
    purpose: purpose.optional(),
    max_rows: z.int().min(1).max(100_000).optional().describe('Most rows of one answer.'),
    page_token: z.string().max(8_192).optional().describe('next_page_token of the last answer, instead of a query.'),
  })
  .refine(({ query, page_token }) => (query === undefined) !== (page_token === undefined), {
    error: 'give either query or page_token',
  })

const output = z.strictObject({
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  rows: z
    .array(z.array(z.unknown()))
    .describe('Cells in the order of columns. INT64 beyond 2^53 and NUMERIC are text.'),
  row_count: z.int(),
  truncated: z.boolean().describe('Whether there are more rows than these.'),
  next_page_token: z.string().optional(),
  total_rows: z.int().optional(),
  affected_rows: z.int().optional().describe('Rows that INSERT, UPDATE, DELETE or MERGE changed.'),
  notices: z.array(notice).describe('What policy did to this answer.'),
  statement: statementSummary,
  estimate: estimate.optional(),
  bytes_billed: z.number().optional(),
  decision_id: z.string(),
})
type Output = z.infer<typeof output>

/** Runs a query and shows its first page, or shows a further page of one that ran before. */
export const executeSql = defineTool({
  name: 'execute_sql',
  title: 'Run a BigQuery query',
  description:
    'Runs one GoogleSQL statement in BigQuery under your own permissions. Policy may mask columns, filter rows and limit ' +
    'results; notices in the answer say so. Use named parameters (@name) for values. A denial says what to change.',
  input,
  output,
  mayWrite: true,
  run: (args, visit) => (args.page_token === undefined ? runQuery(args, visit) : nextPage(args.page_token, visit)),
})

async function runQuery(args: z.infer<typeof input>, visit: ToolVisit): Promise<ToolAnswer<Output>> {
  const { ports, options } = visit.desk
  const query: Query = {
    ...visit.request,
    text: args.query ?? '',
    parameters: readParameters(args.params),
    ...(args.purpose === undefined ? {} : { purpose: args.purpose }),
  }
  if (args.dry_run === true) return dryRun(query, visit)
  const started = await start(query, ports)
  if (started.state !== 'running') return started
  const maxRows = Math.min(args.max_rows ?? options.defaultMaxRows, ports.settings.maxRowsPerPage)
  const place = { jobId: started.job.ref.jobId, pageToken: undefined, maxRows, index: 0, skip: 0 }
  return showFrom(started.job, place, visit)
}

async function nextPage(pageToken: string, visit: ToolVisit): Promise<ToolAnswer<Output>> {
  const place = visit.desk.continuations.open(pageToken)
  const { desk, principal } = visit
  const job = desk.jobs.find(place.jobId, principal)
  if (job !== undefined) return showFrom(job, place, visit)
  const { project, location } = desk.ports.settings
  const reopened = await reopenQuery({ project, location, jobId: place.jobId }, visit, desk.ports)
  if (reopened === undefined) throw unknownPage()
  return reopened.state === 'running' ? showFrom(reopened.job, place, visit) : reopened
}

async function showFrom(job: RunningJob, place: Continuation, visit: ToolVisit): Promise<ToolAnswer<Output>> {
  const { desk, request, onProgress } = visit
  const { pageToken, maxRows, index, skip } = place
  const wanted = { maxRows, index, ...(pageToken === undefined ? {} : { pageToken }) }
  const page = pageOf(await fetch(job, wanted, desk.ports, request.signal, onProgress))
  const shown = showPage(page, job, skip, desk.options.maxResultChars)
  const next = nextPlace(place, shown.rows.length, shown.rest, page.nextPageToken)
  if (next !== undefined) desk.jobs.keep(job)
  const { bytesBilled, affectedRows } = page.statistics
  return {
    state: 'answered',
    output: {
      ...{ columns: shown.columns, rows: shown.rows.map(row => [...row]), row_count: shown.rows.length },
      ...{ truncated: next !== undefined, notices: shown.notices, statement: summaryOf(job.statement) },
      decision_id: job.decision.id,
      ...(next === undefined ? {} : { next_page_token: desk.continuations.seal(next) }),
      ...(page.totalRows === undefined ? {} : { total_rows: page.totalRows }),
      ...(affectedRows === undefined ? {} : { affected_rows: affectedRows }),
      ...(bytesBilled === undefined ? {} : { bytes_billed: bytesBilled }),
    },
  }
}

/** The rest of this page first, where it did not fit; else the page after it. */
function nextPlace(
  place: Continuation,
  shown: number,
  rest: number,
  next: string | undefined,
): Continuation | undefined {
  if (rest > 0) return { ...place, skip: place.skip + shown }
  return next === undefined ? undefined : { ...place, pageToken: next, index: place.index + 1, skip: 0 }
}

function pageOf({ recorded }: FetchOutcome) {
  const { page } = recorded.event
  if (page === undefined) throw new Failure('internal', {}, { cause: 'a fetch was recorded without its page' })
  return page
}

async function dryRun(query: Query, { desk }: ToolVisit): Promise<ToolAnswer<Output>> {
  const outcome = await explain(query, { estimate: true }, desk.ports)
  if (outcome.state !== 'allowed') return outcome
  const { governed, statement, decision } = outcome
  const bytes = outcome.estimate
  return {
    state: 'answered',
    output: {
      ...{ columns: [], rows: [], row_count: 0, truncated: false, notices: [...noticesOf(governed.value.applied)] },
      ...{ statement: summaryOf(statement), decision_id: decision.id },
      ...(bytes === undefined ? {} : { estimate: { bytes_processed: bytes.bytesProcessed, accuracy: bytes.accuracy } }),
    },
  }
}

export function summaryOf({ kind, tables }: StatementFacts): Output['statement'] {
  return { kind, tables: tables.map(({ id }) => id) }
}
