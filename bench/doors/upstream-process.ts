import { randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import { openMeter } from './meter.ts'

// As much of BigQuery's API as a query needs, answered at once: what takes time then is what stands before it.
type Column = readonly [name: string, type: string, value: string]

const small: readonly Column[] = [
  ['id', 'INTEGER', '1'],
  ['region', 'STRING', 'EU'],
  ['amount', 'NUMERIC', '10.5'],
]
const large: readonly Column[] = [
  ['id', 'INTEGER', '12345'],
  ['region', 'STRING', 'EU'],
  ['note', 'STRING', 'x'.repeat(64)],
]
const smallRows = 3
const orders = { id: 'INTEGER', user_id: 'INTEGER', region: 'STRING', amount: 'NUMERIC', ts: 'TIMESTAMP' }

type Job = { readonly columns: readonly Column[]; readonly totalRows: number }
type Place = { readonly project: string; readonly id: string }
type Paging = { readonly maxResults?: string | number; readonly pageToken?: string; readonly startIndex?: string }

const jobs = new Map<string, Job>()
const maxJobs = 10_000
const rowTexts = new Map<string, string>()

function newJob(id: string, query: string): Job {
  const generated = /GENERATE_ARRAY\(1, (\d+)\)/.exec(query)?.[1]
  const job =
    generated === undefined
      ? { columns: small, totalRows: smallRows }
      : { columns: large, totalRows: Number(generated) }
  jobs.set(id, job)
  const [oldest] = jobs.keys()
  if (jobs.size > maxJobs && oldest !== undefined) jobs.delete(oldest)
  return job
}

/** Made once for each number of rows. */
function rowsText({ columns }: Job, count: number): string {
  const key = `${columns.length} ${columns[2]?.[0]} ${count}`
  const known = rowTexts.get(key)
  if (known !== undefined) return known
  const row = { f: columns.map(([, , value]) => ({ v: value })) }
  const text = JSON.stringify(Array.from({ length: count }, () => row))
  rowTexts.set(key, text)
  return text
}

function resultsText({ project, id }: Place, job: Job, { maxResults, pageToken, startIndex }: Paging): string {
  const from = Number(pageToken ?? startIndex ?? 0)
  const count = Math.min(Number(maxResults ?? job.totalRows), job.totalRows - from)
  const head = {
    jobComplete: true,
    jobReference: { projectId: project, jobId: id, location: 'US' },
    schema: { fields: job.columns.map(([name, type]) => ({ name, type, mode: 'NULLABLE' })) },
    ...{ totalRows: String(job.totalRows), totalBytesProcessed: '0', cacheHit: false },
    ...(from + count < job.totalRows ? { pageToken: String(from + count) } : {}),
  }
  return `${JSON.stringify(head).slice(0, -1)},"rows":${rowsText(job, count)}}`
}

const app = fastify({ bodyLimit: 2 ** 24 })
const base = '/bigquery/v2/projects/:project'
const json = 'application/json; charset=utf-8'

app.post<{ Params: Place; Body: Paging & { query: string } }>(`${base}/queries`, async ({ params, body }, reply) => {
  const id = randomUUID()
  return reply.type(json).send(resultsText({ ...params, id }, newJob(id, body.query), body))
})
app.post<{ Params: Place; Body: { jobReference: { jobId: string }; configuration: { query: { query: string } } } }>(
  `${base}/jobs`,
  async ({ body: { jobReference, configuration } }) => {
    newJob(jobReference.jobId, configuration.query.query)
    return { jobReference, configuration, status: { state: 'RUNNING' } }
  },
)
app.get<{ Params: Place; Querystring: Paging }>(`${base}/queries/:id`, async ({ params, query }, reply) => {
  const job = jobs.get(params.id)
  if (job === undefined) return reply.code(404).send({ error: { code: 404, message: 'Not found: Job', errors: [] } })
  return reply.type(json).send(resultsText(params, job, query))
})
app.get(`${base}/datasets`, async () => ({ datasets: [] }))
app.get<{ Params: { project: string; dataset: string; table: string } }>(
  `${base}/datasets/:dataset/tables/:table`,
  async ({ params: { project, dataset, table } }) => ({
    tableReference: { projectId: project, datasetId: dataset, tableId: table },
    ...{ type: 'TABLE', numBytes: '1000', numRows: '3' },
    schema: { fields: Object.entries(orders).map(([name, type]) => ({ name, type })) },
  }),
)
openMeter()
console.log(`ready at ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
