import { parseQuery, statementKind } from '../../src/sql/analyze.ts'
import { type Endpoint, type GrantingGateway, openGrantingGateway } from './granting-gateway.ts'
import type { RecordedReport } from './recorded.ts'
import { home, namedIn, type RecordedCase, type RecordedField } from './recorded-cases.ts'
import { canonicalRecordedRow, canonicalWireRow, type WireCell } from './recorded-cells.ts'
import { jobBody, needsInsert, queryBody } from './recorded-request.ts'

/** Whether the gateway's answer is the warehouse's own, and why not; and whether that is the one BigQuery recorded. */
export type AnswerFinding = {
  readonly id: string
  readonly equal: boolean
  readonly why: string
  readonly asRecorded: 'both' | 'neither' | 'warehouse only' | 'gateway only'
}

type WireAnswer = {
  readonly schema?: { readonly fields?: readonly RecordedField[] }
  readonly rows?: readonly { readonly f: readonly WireCell[] }[]
}
type Places = Omit<GrantingGateway, 'close'>
type Compared = Omit<AnswerFinding, 'id'>
type Got = {
  readonly schema: string
  readonly rows: readonly string[]
  readonly asRecorded: boolean
  readonly error?: string
}

const lanes = 2

/** A report with what came back; a case that is different in both ways says both. */
export function withAnswers(report: RecordedReport, answers: readonly AnswerFinding[]): RecordedReport {
  const differing = new Map(report.different.map(({ id, why }) => [id, why]))
  for (const { id, why } of answers.filter(({ equal }) => !equal)) {
    if (!differing.has(id)) differing.set(id, `through the gateway: ${why}`)
  }
  return {
    ...report,
    rows_equal: answers.filter(({ equal }) => equal).length,
    rows_recorded: answers.filter(({ asRecorded }) => asRecorded === 'both').length,
    different: [...differing].map(([id, why]) => ({ id, why })),
  }
}

/** Asks every case of the warehouse and of a gateway before it whose policy grants everything. */
export async function measureAnswers(lines: readonly RecordedCase[]): Promise<readonly AnswerFinding[]> {
  const places = await openGrantingGateway()
  const waiting = lines.entries()
  const findings: AnswerFinding[] = []
  const work = async () => {
    for (const [at, line] of waiting) findings[at] = { id: line.id, ...(await askBoth(line, `recorded_${at}`, places)) }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, work))
    return findings
  } finally {
    await places.close()
  }
}

/** What only reads is asked twice in one dataset; what changes one, in a new one each time, and not where it is refused. */
async function askBoth(line: RecordedCase, dataset: string, { warehouse, gateway }: Places): Promise<Compared> {
  const recorded = namedIn(line, dataset)
  const needsDataset = line.setup !== undefined || line.job_config !== undefined || line.sql.includes('${')
  const within = <T>(use: () => Promise<T>) => (needsDataset ? inDataset(recorded, dataset, warehouse, use) : use())
  const asking = (place: Endpoint) => () => ask(place, recorded, dataset)
  try {
    const writes = recorded.job_config?.destination !== undefined
    if (!writes && statementKind(parseQuery(recorded.sql)).kind === 'SELECT') {
      return compare(...(await within(() => Promise.all([asking(warehouse)(), asking(gateway)()]))))
    }
    const governed = await within(asking(gateway))
    return governed.error === undefined ? compare(await within(asking(warehouse)), governed) : unserved(governed.error)
  } catch (thrown) {
    return unserved(`the case cannot be made: ${thrown}`)
  }
}

function unserved(why: string): Compared {
  return { equal: false, why, asRecorded: 'neither' }
}

function compare(direct: Got, governed: Got): Compared {
  const asRecorded =
    ([direct.asRecorded, governed.asRecorded].join() === 'true,true' && 'both') || oneOf(direct, governed)
  if (direct.error !== undefined && governed.error !== undefined) {
    return { equal: false, why: `the warehouse refuses it too: ${direct.error.slice(0, 200)}`, asRecorded }
  }
  const why =
    governed.error ??
    (direct.schema === governed.schema ? undefined : `columns ${governed.schema}, not ${direct.schema}`) ??
    (direct.rows.join() === governed.rows.join()
      ? undefined
      : `rows ${governed.rows.join().slice(0, 300)}, not ${direct.rows.join().slice(0, 300)}`)
  return { equal: why === undefined, why: why ?? '', asRecorded }
}

function oneOf(direct: Got, governed: Got): AnswerFinding['asRecorded'] {
  if (direct.asRecorded) return 'warehouse only'
  return governed.asRecorded ? 'gateway only' : 'neither'
}

const project = `/bigquery/v2/projects/${home.project}`
const queries = `${project}/queries`

/** In a dataset of its own, made and filled before, deleted after. */
async function inDataset<T>(
  { setup }: RecordedCase,
  name: string,
  warehouse: Endpoint,
  use: () => Promise<T>,
): Promise<T> {
  const resource = { datasetReference: { projectId: home.project, datasetId: name }, location: 'US' }
  await must(warehouse, 'POST', `${project}/datasets`, resource)
  try {
    if (setup !== undefined) {
      await must(warehouse, 'POST', queries, { query: setup, useLegacySql: false, timeoutMs: 60_000 })
    }
    return await use()
  } finally {
    await send(warehouse, 'DELETE', `${project}/datasets/${name}?deleteContents=true`)
  }
}

async function ask(asked: Endpoint, recorded: RecordedCase, dataset: string): Promise<Got> {
  const { ok, text } = needsInsert(recorded)
    ? await answerOfJob(asked, jobBody(recorded, dataset))
    : await send(asked, 'POST', queries, queryBody(recorded, dataset))
  if (!ok) return refused(messageOf(text))
  const answer = JSON.parse(text) as WireAnswer
  const fields = answer.schema?.fields ?? []
  const isOrdered = /ORDER\s+BY/i.test(recorded.sql)
  const arrange = (rows: readonly string[]) => (isOrdered ? rows : rows.toSorted())
  const rows = arrange((answer.rows ?? []).map(({ f }) => canonicalWireRow(f, fields)))
  const wanted = arrange((recorded.rows ?? []).map(row => canonicalRecordedRow(row, recorded.schema ?? [])))
  const schema = schemaText(fields)
  return { schema, rows, asRecorded: schema === schemaText(recorded.schema ?? []) && rows.join() === wanted.join() }
}

/** Starts a job and reads what it answers. */
async function answerOfJob(asked: Endpoint, body: Readonly<Record<string, unknown>>): Promise<Reply> {
  const inserted = await send(asked, 'POST', `${project}/jobs`, body)
  const { configuration } = body as { configuration: { dryRun?: boolean } }
  if (!inserted.ok || configuration.dryRun === true) return inserted
  const { jobReference } = JSON.parse(inserted.text) as { jobReference: { jobId: string } }
  const results = 'timeoutMs=60000&formatOptions.useInt64Timestamp=true'
  return send(asked, 'GET', `${queries}/${jobReference.jobId}?${results}`)
}

function refused(error: string): Got {
  return { schema: '', rows: [], asRecorded: false, error }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { error: { message: string } }).error.message
  } catch {
    return text
  }
}

/** Names and types; whether a column may be null is not compared. */
function schemaText(fields: readonly RecordedField[]): string {
  const one = ({ name, type, mode, fields: inner }: RecordedField): string => {
    const of = type === 'RECORD' || type === 'STRUCT' ? `RECORD(${schemaText(inner ?? [])})` : type
    return `${name} ${mode === 'REPEATED' ? 'REPEATED ' : ''}${of}`
  }
  return fields.map(one).join(', ')
}

type Reply = { readonly ok: boolean; readonly text: string }

async function send({ url, token }: Endpoint, method: string, path: string, body?: unknown): Promise<Reply> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...authorization },
    signal: AbortSignal.timeout(120_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { ok: response.ok, text: await response.text() }
}

async function must(...request: Parameters<typeof send>): Promise<void> {
  const { ok, text } = await send(...request)
  if (!ok) throw new Error(`${request[1]} ${request[2]}: ${messageOf(text)}`)
}
