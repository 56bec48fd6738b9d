import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { QueryParameter } from '../../model/parameter.ts'
import type { RecordedPage, SessionRecord, TimelineEvent } from '../../recording/read/show-session.ts'
import { keyedSessionId } from '../../recording/session-book.ts'
import { wireParameters } from '../../warehouse/query-parameters.ts'
import type { GatewayPlace } from '../gateway-option.ts'
import { asOf } from './as-of.ts'
import { type Comparison, comparePages } from './compare-pages.ts'

export type RunAgain = {
  readonly event: TimelineEvent
  readonly outcome: Comparison | 'not run' | 'not compared'
  readonly because: string
}

type ReadSession = (session: string) => Promise<SessionRecord>

/** Runs every query of a session again, on the tables as they were, and compares what it answers with what is on record. */
export async function* runAgain(
  record: SessionRecord,
  gateway: GatewayPlace,
  readSession: ReadSession,
): AsyncIterable<RunAgain> {
  for (const event of record.events) {
    if (event.type === 'started') yield { event, ...(await again(event, record, gateway, readSession)) }
  }
}

async function again(event: TimelineEvent, record: SessionRecord, gateway: GatewayPlace, readSession: ReadSession) {
  const then = deliveredPages(record, event.request_id)
  const key = `replay-${randomUUID()}`
  const because = obstacleOf(event, then) ?? (await rerun(event, then, { ...gateway, sessionKey: key }))
  if (because !== undefined) return { outcome: 'not run' as const, because }
  const { pages, isGoverned } = await recordedAnswer(keyedSessionId(key), then.length, readSession)
  const outcome = comparePages(then, pages)
  // What policy changes for whoever runs it again says nothing about the record.
  if (outcome === 'same' || !isGoverned) return { outcome, because: '' }
  return { outcome: 'not compared' as const, because: 'policy masks or filters it for you' }
}

function obstacleOf(event: TimelineEvent, then: readonly RecordedPage[]): string | undefined {
  if (event.statement_class !== 'read') return 'only queries are run again, not what changes something'
  if (event.governed_sql === '') return 'its text was erased from the record'
  return then.length === 0 ? 'no rows of it were delivered' : undefined
}

/** The pages of one request as its client got them, each once; a look at the shape of a result has no rows to compare. */
function deliveredPages({ events, pages }: SessionRecord, requestId: string): readonly RecordedPage[] {
  const delivered = events.flatMap(({ request_id, event_id, erased }) => {
    const page = request_id === requestId && !erased.includes('/result/rows') ? pages.get(event_id) : undefined
    return page === undefined ? [] : [page]
  })
  const withRows = delivered.filter(({ page_rows }) => page_rows > 0)
  const byIndex = new Map(withRows.map(page => [page.page_index, page]))
  return withRows.length === 0 ? delivered.slice(-1) : [...byIndex.values()].sort((a, b) => a.page_index - b.page_index)
}

const answerBody = z.object({
  jobComplete: z.boolean().optional(),
  jobReference: z.object({ jobId: z.string() }).optional(),
  error: z.object({ message: z.string() }).optional(),
})
const longestWaitMs = 60_000

/** Asks the gateway for the query and its pages. What stopped it is a sentence; undefined where nothing did. */
async function rerun(
  event: TimelineEvent,
  then: readonly RecordedPage[],
  gateway: GatewayPlace,
): Promise<string | undefined> {
  const queries = `/bigquery/v2/projects/${encodeURIComponent(event.job_project)}/queries`
  const parameters: readonly QueryParameter[] =
    event.governed_parameters === '' ? [] : JSON.parse(event.governed_parameters)
  const asked = {
    query: asOf(event.governed_sql, event.ts),
    ...{ useLegacySql: false, location: event.job_location, maxResults: 0, timeoutMs: longestWaitMs },
    ...wireParameters(parameters),
  }
  const started = await call(gateway, queries, asked)
  if (started.error !== undefined) return started.error.message
  const job = started.jobReference?.jobId
  if (job === undefined) return 'the gateway named no job'
  let startIndex = 0
  for (const { page_rows } of then) {
    const place = { location: event.job_location, timeoutMs: String(longestWaitMs) }
    const wanted = { ...place, startIndex: String(startIndex), maxResults: String(Math.max(1, page_rows)) }
    const { error, jobComplete } = await call(gateway, `${queries}/${job}?${new URLSearchParams(wanted)}`)
    if (error !== undefined) return error.message
    if (jobComplete !== true) return `it took longer than ${longestWaitMs / 1_000} s`
    startIndex += page_rows
  }
  return undefined
}

async function call({ url, token, sessionKey = '' }: GatewayPlace, path: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'sluice-session': sessionKey }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(new URL(path, url), { headers, ...sent })
  return answerBody.parse(await answer.json())
}

const recordTries = 40
const recordPollMs = 500

/** The store has its rows a moment after the answer. */
async function recordedAnswer(session: string, wanted: number, readSession: ReadSession) {
  for (let tries = 0; tries < recordTries; tries += 1) {
    const { events, pages } = await readSession(session)
    const delivered = events.flatMap(({ event_id }) => pages.get(event_id) ?? [])
    // The first look is at the shape alone.
    if (delivered.length > wanted) {
      const withRows = delivered.filter(({ page_rows }) => page_rows > 0)
      const isGoverned = events.some(({ masks, row_filters }) => masks.length + row_filters.length > 0)
      return { pages: withRows.length === 0 ? delivered.slice(-1) : withRows, isGoverned }
    }
    await sleep(recordPollMs)
  }
  throw new Error('The answers of the queries that ran again did not come on record.')
}
