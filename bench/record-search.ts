import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { connectStore } from '../src/recording/clickhouse/connect.ts'
import { recordingOptions } from '../src/recording/options.ts'
import type { RecordReader } from '../src/recording/read/reader.ts'
import { openStore } from '../src/recording/store.ts'
import { columnReadersOf, rowsOf, sessionOf, sessionsOf } from '../test/recording/asked-records.ts'

export type SearchBench = {
  readonly rows: number
  readonly loadedSeconds: number
  readonly bytesPerRow: number
  readonly searches: Readonly<Record<string, SearchTime>>
}

/** At the median of several runs. The store's own processor time does not depend on what else the machine does. */
export type SearchTime = { readonly ms: number; readonly storeCpuMs: number }

const rowsPerInsert = 250_000
const eventsPerSession = 20
const runs = 7
const loadTimeoutMs = 600_000

/** How long searches take over many made-up events: a month of two thousand people. */
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
      await insertMade(loader, from, Math.min(rowsPerInsert, rows - from), rows)
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
/** Event `number` of all: sessions overlap, few people and tables have most of them, two events make a request. */
const made = `SELECT number, intDiv(number, 2) AS request, intDiv(number, ${eventsPerSession}) AS session,
  number % 2 = 0 AS is_start, toUInt32(2000 * pow(sipHash64(session) / pow(2, 64), 2)) AS person,
  toUInt32(500 * pow(sipHash64(request) / pow(2, 64), 2)) AS place,
  now64(6) - toIntervalSecond(intDiv(({rows:UInt64} - session * ${eventsPerSession}) * ${month}, {rows:UInt64}) + 300)
    + toIntervalSecond(number % ${eventsPerSession} * 15) AS ts,
  concat('session-', toString(session)) AS session_id, concat('request-', toString(request)) AS request_id,
  concat('https://id.example#user-', toString(person)) AS principal,
  concat('user-', toString(person), '@example.com') AS email, if(session % 3 = 0, 'human', 'agent') AS principal_kind,
  generateUUIDv4() AS event_id, number + 1 AS line, concat('job-', toString(request)) AS job_id,
  if(request % 37 = 0, 'deny', 'allow') AS effect, concat('acme-prod.crm.table_', toString(place)) AS used,
  concat('column_', toString(sipHash64(request, 1) % 50)) AS leaf
  FROM numbers({from:UInt64}, {count:UInt64})`

const madeEvents = `INSERT INTO sluice.events (ts, tenant, session_id, request_id, principal, email, principal_kind, event_id,
    writer, line, seq, job_id, type, effect, tables, columns, sql, decision_id, duration_ms, bytes_billed, rows_delivered,
    client_name)
  SELECT ts, 'bench', session_id, request_id, principal, email, principal_kind, event_id, 'w', line, line, job_id,
    if(is_start, 'started', 'finished'), if(is_start, effect, ''), if(is_start, [used], []),
    if(is_start, [concat(used, '.', leaf)], []),
    if(is_start, concat('SELECT ', leaf, ', count(*) FROM ', used, ' WHERE id = ', toString(sipHash64(request, 2) % 1000000),
      if(request % 50000 = 7, ' AND note = "quetzalcoatlus"', '')), ''),
    if(is_start, toString(generateUUIDv4()), ''),
    if(is_start, NULL, toUInt64(5000 * pow(sipHash64(request, 3) / pow(2, 64), 3))), if(is_start, NULL, 10485760),
    if(is_start, NULL, sipHash64(request, 4) % 1000), 'claude' FROM (${made})`

const madeAccesses = `INSERT INTO sluice.column_access (ts, tenant, event_id, session_id, request_id, principal, email,
    principal_kind, job_id, table, column, uses, effect, writer, line)
  SELECT ts, 'bench', event_id, session_id, request_id, principal, email, principal_kind, job_id, used, leaf, ['select'],
    effect, 'w', line FROM (${made}) WHERE is_start`

async function insertMade(client: ClickHouseClient, from: number, count: number, rows: number): Promise<void> {
  const clickhouse_settings = {
    max_execution_time: loadTimeoutMs / 1_000,
    // Few large parts, one at a time: merging small ones takes longer than all else.
    ...{ max_insert_threads: '1', min_insert_block_size_rows: String(rowsPerInsert), min_insert_block_size_bytes: '0' },
  }
  for (const query of [madeEvents, madeAccesses]) {
    await client.command({ query, query_params: { from, count, rows }, clickhouse_settings })
  }
}

async function searches(reader: RecordReader, rows: number, storePid: number | undefined) {
  const session = `session-${Math.floor(rows / eventsPerSession / 2)}`
  const perMinute = `SELECT toStartOfMinute(ts) AS minute, quantiles(0.5, 0.95, 0.99)(duration_ms) AS times
    FROM ${reader.database}.events WHERE type = 'finished' GROUP BY minute ORDER BY minute DESC LIMIT 1440`
  const dayAgo = new Date(Date.now() - 86_400_000)
  const all: Readonly<Record<string, () => Promise<unknown>>> = {
    session: () => sessionOf(reader, session),
    person: () => sessionsOf(reader, { person: 'user-77@' }, 20),
    table: () => sessionsOf(reader, { table: 'acme-prod.crm.table_77' }, 20),
    column: () => sessionsOf(reader, { column: 'acme-prod.crm.table_77.column_7' }, 20),
    whoRead: () => columnReadersOf(reader, { column: 'acme-prod.crm.table_77.column_7' }),
    whoExported: () =>
      rowsOf(reader, { ask: 'who_exported', table: 'acme-prod.crm.table_77', since: dayAgo, minRows: 1 }),
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
