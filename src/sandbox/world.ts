import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const relation = z.union([
  z.object({ view: z.string() }),
  z.object({ schema: z.string(), rows: z.array(z.record(z.string(), z.unknown())) }),
])

const name = z.string().regex(/^\w+\.\w+$/)

/** The part of a world file that is data; what it says about people and policy is for its readers. */
const worldFile = z.object({
  project: z.string(),
  location: z.string(),
  tables: z.record(name, relation),
  /** Definitions of functions, in the order in which they lead to each other. */
  routines: z.record(name, z.string()).default({}),
})
const tableResource = z.object({ numRows: z.string().nullish() })
const insertAnswer = z.object({
  insertErrors: z
    .array(z.unknown())
    .nullish()
    .transform(errors => errors ?? []),
})
type Relation = z.infer<typeof relation>

export type World = {
  readonly project: string
  readonly location: string
  /** What was made now; what the state directory had already is not in it. */
  readonly made: readonly string[]
}

const timeoutMs = 60_000
const notThere = 404

/** Makes the datasets, tables, rows, views and functions of a world file, where they are not there yet. */
export async function loadWorld(url: string, path: string): Promise<World> {
  const { project, location, tables, routines } = worldFile.parse(JSON.parse(await readFile(path, 'utf8')))
  const api = `${url}/bigquery/v2/projects/${project}`
  for (const dataset of new Set(Object.keys(tables).map(datasetOf))) {
    await ensure(api, 'datasets', `datasets/${dataset}`, { datasetReference: { datasetId: dataset }, location })
  }
  const made: string[] = []
  const viewsLast = Object.entries(tables).toSorted(([, left], [, right]) => +('view' in left) - +('view' in right))
  for (const [name, described] of viewsLast) {
    if (await makeRelation(api, project, name, described)) made.push(name)
  }
  for (const [name, definition] of Object.entries(routines)) {
    if (await makeRoutine(api, name, definition)) made.push(name)
  }
  return { project, location, made }
}

async function makeRoutine(api: string, name: string, definition: string): Promise<boolean> {
  const [dataset, routine] = name.split('.')
  const isThere = (await send(api, 'GET', `datasets/${dataset}/routines/${routine}`)) !== undefined
  if (!isThere) await run(api, definition)
  return !isThere
}

/** A table without rows may be left from a start that was cut short. */
async function makeRelation(api: string, project: string, name: string, described: Relation): Promise<boolean> {
  const [dataset, table] = name.split('.')
  const path = `datasets/${dataset}/tables/${table}`
  const present = tableResource.optional().parse(await send(api, 'GET', path))
  const id = `\`${project}.${name}\``
  if ('view' in described) {
    if (present === undefined) await run(api, `CREATE VIEW ${id} AS ${described.view}`)
    return present === undefined
  }
  const isEmpty = present === undefined || present.numRows === '0'
  if (present === undefined) await run(api, `CREATE TABLE ${id} (${described.schema})`)
  if (isEmpty) await insertRows(api, path, described.rows)
  return isEmpty
}

async function insertRows(api: string, path: string, rows: readonly unknown[]): Promise<void> {
  if (rows.length === 0) return
  const answer = await send(api, 'POST', `${path}/insertAll`, { rows: rows.map(json => ({ json })) })
  const { insertErrors } = insertAnswer.parse(answer)
  if (insertErrors.length > 0) throw new Error(`The world cannot be made: ${path}: ${JSON.stringify(insertErrors)}`)
}

function datasetOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

async function ensure(api: string, collection: string, path: string, resource: unknown): Promise<void> {
  if ((await send(api, 'GET', path)) === undefined) await send(api, 'POST', collection, resource)
}

async function run(api: string, query: string): Promise<void> {
  await send(api, 'POST', 'queries', { query, useLegacySql: false, timeoutMs })
}

/** Undefined where a resource that was asked for is not there. */
async function send(api: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${api}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (method === 'GET' && response.status === notThere) return undefined
  if (!response.ok) throw new Error(`The world cannot be made: ${method} ${path}: ${await response.text()}`)
  return response.json()
}
