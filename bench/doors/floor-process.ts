import { randomUUID } from 'node:crypto'
import { constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { openConnections } from '../../src/warehouse/send-request.ts'
import { openMeter } from './meter.ts'

// A gateway that understands nothing, and does what one of this kind cannot leave out: a job under an id of its own, its rows
// by a second call, and a record on disk before and after. Records are about as long as Sluice's.
const [upstream = '', directory = ''] = process.argv.slice(2)
const timeoutMs = 60_000
const padding = 'x'.repeat(1_500)
const append = constants.O_CREAT | constants.O_WRONLY | constants.O_APPEND | constants.O_DSYNC
const records = await open(join(directory, 'floor.ndjson'), append)
const { signal } = new AbortController()
const connections = openConnections()
const base = `${upstream}/bigquery/v2/projects/acme-prod`

const record = (event: object) => records.write(`${JSON.stringify({ ...event, padding })}\n`)

const app = fastify({ bodyLimit: 2 ** 24 })
app.post<{ Body: { query: string; maxResults?: number } }>('/*', async ({ body }, reply) => {
  const id = randomUUID()
  const job = { jobReference: { jobId: id }, configuration: { query: body } }
  await record({ started: job })
  const url = new URL(`${base}/jobs`)
  await connections.send({ method: 'POST', url, headers: {}, timeoutMs, body: JSON.stringify(job) }, signal)
  const rows = new URL(`${base}/queries/${id}?maxResults=${body.maxResults ?? 1_000}`)
  const answer = await connections.send({ method: 'GET', url: rows, headers: {}, timeoutMs }, signal)
  const results: object = JSON.parse(answer.body)
  await record({ finished: results })
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(results))
})
openMeter()
console.log(`ready at ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
