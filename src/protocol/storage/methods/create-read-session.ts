import type { Refusal } from '../../../gateway/outcome.ts'
import { start } from '../../../gateway/run-query.ts'
import { tableQuery } from '../../../gateway/table-query.ts'
import { Failure } from '../../../model/failure.ts'
import type { ResultField } from '../../../model/result.ts'
import { refuseOtherProject } from '../../bigquery/admit.ts'
import { findJob } from '../../bigquery/find-job.ts'
import type { JobEntry } from '../../bigquery/job-book.ts'
import { resultsDataset } from '../../bigquery/job-resource.ts'
import { shownConfiguration } from '../../bigquery/shown-configuration.ts'
import { type Call, defineMethod } from '../method.ts'
import { shapeOf } from '../pages.ts'
import { columnsOfResult, createReadSessionRequest, type ReadSessionRequest, readingOf } from '../read-session.ts'
import { formatNumber, openFormat } from '../row-format.ts'

type Asked = Call<{ readonly parent: string; readonly readSession: ReadSessionRequest }>

/** Rows of a table are the result of a query that reads them; those of a result are the result's own. */
export const createReadSession = defineMethod({
  name: 'CreateReadSession',
  takes: 'CreateReadSessionRequest',
  gives: 'ReadSession',
  message: createReadSessionRequest,
  run: async call => {
    const { parent: project, readSession } = call.message
    refuseOtherProject(call.userProject, { project })
    const isResult = readSession.table.dataset === resultsDataset
    const opened = await (isResult ? ownResult(call) : startReading(call))
    if ('state' in opened) return opened
    const { signal } = call.request
    // Whoever gives up waiting for a result leaves its job alone; a job of this session is nobody's without it.
    const jobSignal = isResult ? new AbortController().signal : signal
    const shape = await shapeOf(opened, call.desk, signal, jobSignal)
    const places = placesOf(isResult ? columnsOfResult(readSession) : [], shape.fields)
    const message = sessionMessage(opened, { ...shape, places }, call)
    return { state: 'answered', message, decisionId: opened.job.decision.id }
  },
})

function ownResult({ message, request, principal, desk }: Asked): Promise<JobEntry | Refusal> {
  const { project, table: job } = message.readSession.table
  return findJob({ path: { project, job }, query: {}, request, principal, desk })
}

async function startReading({ message, request, desk }: Asked): Promise<JobEntry | Refusal> {
  const text = tableQuery(readingOf(message.readSession))
  const started = await start({ ...request, text, parameters: [], project: message.parent }, desk.ports)
  if (started.state !== 'running') return started
  const { job } = started
  const entry = { id: job.ref.jobId, job, configuration: shownConfiguration({ query: text }) }
  desk.jobs.put(entry)
  return entry
}

/** Where the columns stand that are wanted; all of them where none is named. */
function placesOf(wanted: readonly string[], fields: readonly ResultField[]): readonly number[] {
  if (wanted.length === 0) return fields.map((_, place) => place)
  return wanted.map(name => {
    const place = fields.findIndex(field => field.name.toLowerCase() === name.toLowerCase())
    if (place < 0) throw new Failure('unknown_name', { detail: `The result has no column ${name}.` })
    return place
  })
}

type Shape = {
  readonly fields: readonly ResultField[]
  readonly places: readonly number[]
  readonly totalRows: number
  readonly bytesProcessed: number
}

/** One stream, or none where there are no rows: a client that asks for more gets fewer, as Google says it may. */
function sessionMessage({ id, job }: JobEntry, shape: Shape, { message, principal, desk }: Asked): object {
  const { fields, places, totalRows, bytesProcessed } = shape
  const { project, location } = job.ref
  const { table, dataFormat: format, readOptions, traceId } = message.readSession
  const name = desk.streamNames.sessionOf({ project, location, job: id, places, format }, principal)
  const expires = Math.floor(desk.ports.now().getTime() / 1_000) + desk.options.sessionSeconds
  return {
    name,
    expireTime: { seconds: BigInt(expires) },
    dataFormat: formatNumber(format),
    ...openFormat(format, fields, places).schema,
    table: `projects/${table.project}/datasets/${table.dataset}/tables/${table.table}`,
    readOptions: {
      selectedFields: readOptions?.selectedFields ?? [],
      rowRestriction: readOptions?.rowRestriction ?? '',
    },
    streams: totalRows === 0 ? [] : [{ name: desk.streamNames.streamOf(name) }],
    estimatedRowCount: BigInt(totalRows),
    estimatedTotalBytesScanned: BigInt(bytesProcessed),
    traceId: traceId ?? '',
  }
}
