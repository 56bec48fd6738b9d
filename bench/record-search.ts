import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { connectStore } from '../src/recording/clickhouse/connect.ts'
import { recordingOptions } from '../src/recording/options.ts'
import type { RecordReader } from '../src/recording/read/reader.ts'
import { openStore } from '../src/recording/store.ts'
import { columnReadersOf, sessionOf, sessionsOf } from '../test/recording/asked-records.ts'

export type SearchBench = {
  readonly rows: number
  readonly loadedSeconds: number
  readonly bytesPerRow: number
  readonly searches: Readonly<Record<string, SearchTime>>
}

/** At the median of several runs. The store's own processor time does not depend on what else the machine does. */
export type SearchTime = { readonly ms: number; readonly storeCpuMs: number }

const rowsPerInsert = 100_000
const eventsPerSession = 20
const runs = 5
const loadTimeoutMs = 600_000

/** How long searches take over many made-up events: a month of twenty an hour for each of two thousand people. */
export async function benchSearch(rows: number, directory = tmpdir()): Promise<SearchBench> {
  const path = await mkdtemp(join(directory, 'sluice-search-'))
  const options = recordingOptions.parse({
    spoolPath: path,
    store: { kind: 'embedded', path: join(path, 'store'), maxQuerySeconds: loadTimeoutMs / 1_000 },
  })
  const { store, failure } = await openStore(options, {})
  if (store === undefined) throw new Error(failure)
  try {
    await store.sessionOwners()
    const loader = connectStore({ ...store.access, timeoutMs: loadTimeoutMs })
    const began = performance.now()
    for (let from = 0; from < rows; from += rowsPerInsert) {
      await insertMade(loader, from, Math.min(rowsPerInsert, rows - from))
    }
    await loader.close()
    const loadedSeconds = Math.round((performance.now() - began) / 1_000)
    const reader = { client: store.client, database: store.access.database }
    return {
      rows,
      loadedSeconds,
      bytesPerRow: await bytesPerRow(reader),
      searches: await searches(reader, rows, store.pid?.()),
    }
  } finally {
    await store.close()
    await rm(path, { recursive: true, force: true })
  }
}

const month = 30 * 86_400
const shared = `now64(6) - toIntervalSecond(intDiv(number * ${month}, {rows:UInt64})) AS ts, 'bench' AS tenant,
  concat('session-', toString(intDiv(number, ${eventsPerSession}))) AS session_id, toString(number) AS request_id,
  concat('https://id.example#user-', toString(intDiv(number, ${eventsPerSession}) % 2000)) AS principal,
  concat('user-', toString(intDiv(number, ${eventsPerSession}) % 2000), '@example.com') AS email,
  generateUUIDv4() AS event_id, 'w' AS writer, number + 1 AS line, concat('job-', toString(number)) AS job_id,
  concat('acme-prod.crm.table_', toString(cityHash64(number) % 500)) AS used,
  concat('column_', toString(cityHash64(number, 1) % 50)) AS leaf`

async function insertMade(client: ClickHouseClient, from: number, count: number): Promise<void> {
  const made = `SELECT ${shared}, number FROM numbers({from:UInt64}, {count:UInt64})`
  const query_params = { from, count, rows: from + count }
  const clickhouse_settings = { max_execution_time: 600 }
  const events = `INSERT INTO sluice.events (ts, tenant, session_id, request_id, principal, email, event_id, writer, line,
      seq, job_id, type, effect, tables, columns, sql, duration_ms, bytes_billed, client_name)
    SELECT ts, tenant, session_id, request_id, principal, email, event_id, writer, line, line, job_id,
      arrayElement(['started', 'finished'], 1 + number % 2), if(number % 37 = 0, 'deny', 'allow'), [used],
      [concat(used, '.', leaf)],
      concat('SELECT ', leaf, ', count(*) FROM ', used, ' WHERE id = ', toString(cityHash64(number, 2) % 1000000),
        if(number % 100000 = 7, ' AND note = "quetzalcoatlus"', '')),
      cityHash64(number, 3) % 5000, 10485760, 'claude' FROM (${made})`
  const accesses = `INSERT INTO sluice.column_access (ts, tenant, event_id, session_id, request_id, principal, email, job_id,
      table, column, uses, effect, writer, line)
    SELECT ts, tenant, event_id, session_id, request_id, principal, email, job_id, used, leaf, ['select'], 'allow', writer, line
    FROM (${made})`
  for (const query of [events, accesses]) await client.command({ query, query_params, clickhouse_settings })
}

async function searches(reader: RecordReader, rows: number, storePid: number | undefined) {
  const session = `session-${Math.floor(rows / eventsPerSession / 2)}`
  const perMinute = `SELECT toStartOfMinute(ts) AS minute, quantiles(0.5, 0.95, 0.99)(duration_ms) AS times
    FROM ${reader.database}.events WHERE type = 'finished' GROUP BY minute ORDER BY minute DESC LIMIT 1440`
  const all: Readonly<Record<string, () => Promise<unknown>>> = {
    session: () => sessionOf(reader, session),
    person: () => sessionsOf(reader, { person: 'user-77@' }, 20),
    table: () => sessionsOf(reader, { table: 'acme-prod.crm.table_77' }, 20),
    column: () => sessionsOf(reader, { column: 'acme-prod.crm.table_77.column_7' }, 20),
    whoRead: () => columnReadersOf(reader, { column: 'acme-prod.crm.table_77.column_7' }),
    rareWord: () => sessionsOf(reader, { text: 'quetzalcoatlus' }, 20),
    perMinutePercentiles: async () => (await reader.client.query({ query: perMinute, format: 'JSONEachRow' })).text(),
  }
  const times: Record<string, SearchTime> = {}
  for (const [name, search] of Object.entries(all)) times[name] = await timeOf(search, storePid)
  return times
}

async function timeOf(search: () => Promise<unknown>, storePid: number | undefined): Promise<SearchTime> {
  const [times, cpu]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run += 1) {
    const [began, cpuBefore] = [performance.now(), await cpuMs(storePid)]
    await search()
    times.push(performance.now() - began)
    cpu.push((await cpuMs(storePid)) - cpuBefore)
  }
  return { ms: median(times), storeCpuMs: median(cpu) }
}

const ticksPerSecond = 100

/** Processor time that a process has had, on Linux; elsewhere 0. */
export async function cpuMs(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  const [user, system] = stat
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return ((user ?? 0) + (system ?? 0)) * (1_000 / ticksPerSecond)
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
}

async function bytesPerRow({ client, database }: RecordReader): Promise<number> {
  const answer = await client.query({
    query: `SELECT round(sum(bytes_on_disk) / sum(rows)) AS bytes FROM system.parts
      WHERE active AND database = {database:String} AND table = 'events'`,
    query_params: { database },
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ bytes: number }>()
  return Number(row?.bytes ?? 0)
}
