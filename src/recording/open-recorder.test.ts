import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  sampleDecision,
  sampleDelivered,
  sampleDenied,
  sampleFinished,
  sampleOrigin,
  samplePage,
  samplePrincipal,
  sampleStarted,
} from '../../test/fakes/sample-events.ts'
import { sessionOf, sessionsOf } from '../../test/recording/asked-records.ts'
import type { SessionFilter } from '../model/record-question.ts'
import type { RecorderHooks } from './hooks.ts'
import { openRecorder, type Recorder } from './open-recorder.ts'
import { recordingOptions } from './options.ts'
import { chainColumns, emptyEventRow } from './rows/event-columns.ts'
import { printRow, type Row } from './rows/row.ts'
import { eventHash } from './spool/chain.ts'
import { frameLine } from './spool/line.ts'
import { Spool } from './spool/spool.ts'

let path = ''
let recorder: Recorder | undefined

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-recorder-'))
})
afterEach(async () => {
  await recorder?.close()
  recorder = undefined
  await rm(path, { recursive: true, force: true })
})

const settings = () => ({
  spoolPath: join(path, 'spool'),
  store: { kind: 'embedded', path: join(path, 'store') },
  flushIntervalMs: 20,
  eventDays: 20_000,
})

async function open(changes: object = {}, hooks: RecorderHooks = {}): Promise<Recorder> {
  recorder = await openRecorder(recordingOptions.parse({ ...settings(), ...changes }), { now: () => new Date(), hooks })
  return recorder
}

async function query<T>(query: string): Promise<readonly T[]> {
  expect(await recorder?.flush(50_000)).toBe(true)
  const answer = await recorder?.store?.client.query({
    query,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  return (await answer?.json<T>()) ?? []
}

function readerOf({ store }: Recorder) {
  if (store === undefined) throw new Error('there is no store')
  return { client: store.client, database: store.access.database }
}

describe('what the store holds', { timeout: 60_000 }, () => {
  test('prints back to the very bytes whose hash the next event carries', async () => {
    const { record } = await open()
    const started = sampleStarted({ origin: sampleOrigin({ purpose: 'it\'s "quoted"\n\\ and 😀 \u0000' }) })
    for (const event of [started, sampleFinished(started), sampleDenied(), sampleStarted()]) await record(event)
    const columns = [...Object.keys(emptyEventRow), ...chainColumns].join(', ')
    const rows = await query<Row>(`SELECT ${columns} FROM sluice.events ORDER BY seq`)
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    for (const [index, row] of rows.slice(0, -1).entries()) {
      expect(rows[index + 1]?.['prev_hash']).toBe(eventHash(printRow(row)))
    }
  })

  test('says who read which column, under which mask', async () => {
    const { record } = await open()
    await record(sampleStarted())
    const rows = await query('SELECT email, column, uses, mask FROM sluice.column_access ORDER BY column')
    expect(rows).toEqual([
      { email: 'ada@example.com', column: 'country', uses: ['select', 'filter'], mask: '' },
      { email: 'ada@example.com', column: 'email', uses: ['select'], mask: 'sha256' },
    ])
  })

  test('goes to one month each, whatever came together', async () => {
    const { record } = await open()
    const months = ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z', '2026-01-15T00:00:00.000Z']
    await Promise.all(months.map(at => record(sampleDenied({ at: new Date(at) }))))
    const rows = await query(
      'SELECT toYYYYMM(ts) AS month, count() AS count FROM sluice.events GROUP BY month ORDER BY 1',
    )
    expect(rows).toEqual([
      { month: 202601, count: 2 },
      { month: 202602, count: 1 },
    ])
  })
})

describe('sessions on record', { timeout: 60_000 }, () => {
  test('are found by person, table, column, decision, words and time', async () => {
    const opened = await open()
    const bob = samplePrincipal({ subject: 'bob', email: 'bob@example.com', groups: ['sales'] })
    const other = sampleOrigin({ sessionId: 'session-2' })
    await opened.record(sampleStarted())
    await opened.record(sampleDenied({ principal: bob, origin: other, decision: sampleDecision({ effect: 'deny' }) }))
    await opened.flush(50_000)
    const find = async (filter: SessionFilter) =>
      (await sessionsOf(readerOf(opened), filter, 10)).map(({ sessionId }) => sessionId).sort()
    const table = 'acme-prod.crm.customers'
    const [minuteAgo, soon] = [-60_000, 60_000].map(ms => new Date(Date.now() + ms))
    if (minuteAgo === undefined || soon === undefined) return expect.unreachable('there are two times')
    expect(await find({})).toEqual(['session-1', 'session-2'])
    expect(await find({ person: 'BOB@' })).toEqual(['session-2'])
    expect(await find({ group: 'analysts' })).toEqual(['session-1'])
    expect(await find({ effect: 'deny' })).toEqual(['session-2'])
    expect(await find({ table, column: `${table}.email` })).toEqual(['session-1', 'session-2'])
    expect(await find({ column: 'mail' })).toEqual([])
    expect(await find({ text: 'Select EMAIL' })).toEqual(['session-1', 'session-2'])
    expect(await find({ text: 'ema' })).toEqual([])
    expect(await find({ since: minuteAgo, until: soon })).toEqual(['session-1', 'session-2'])
    expect(await find({ since: soon })).toEqual([])
    expect(await find({ sessionId: 'session-2', person: 'ada' })).toEqual([])
  })

  test('are the latest that match, each once, whichever tenants the store has', async () => {
    const hour = 3_600_000
    const recordVisits = async ({ record }: Recorder, ages: readonly number[]) => {
      for (const age of ages) {
        const origin = sampleOrigin({ sessionId: `session-${age}` })
        await record(sampleDenied({ origin, at: new Date(Date.now() - age * hour) }))
        await record(sampleDenied({ origin, at: new Date(Date.now() - age * hour + 1_000) }))
      }
    }
    const latest = async (opened: Recorder) => {
      expect(await opened.flush(50_000)).toBe(true)
      return (await sessionsOf(readerOf(opened), { person: 'ada' }, 3)).map(({ sessionId }) => sessionId)
    }
    const first = await open({ tenant: 'b' })
    await recordVisits(first, [1, 3, 5, 7])
    expect(await latest(first)).toEqual(['session-1', 'session-3', 'session-5'])
    await first.close()
    const second = await open({ tenant: 'a' })
    await recordVisits(second, [2, 4])
    expect(await latest(second)).toEqual(['session-1', 'session-2', 'session-3'])
  })

  test('show their events in order, with the rows that were delivered', async () => {
    const opened = await open()
    const started = sampleStarted()
    await opened.record(started)
    const delivered = await opened.record(sampleDelivered(started, samplePage([['a@x', 'DE']])))
    await opened.record(sampleFinished(started, { page: samplePage([], 1), rowsDelivered: 0 }))
    await opened.flush(50_000)
    const { events, pages } = await sessionOf(readerOf(opened), 'session-1')
    expect(events.map(({ type }) => type)).toEqual(['started', 'delivered', 'finished'])
    expect(pages.get(delivered.eventId)?.rows).toEqual([['a@x', 'DE']])
    const [summary] = await sessionsOf(readerOf(opened), {}, 1)
    expect(summary).toMatchObject({ requests: 1, denied: 0, rowsDelivered: 1, bytesBilled: 10_485_760 })
  })

  test('of a named key stay with their principal after a restart', async () => {
    const client = { ...sampleOrigin().client, sessionKey: 'report' }
    const first = await open()
    const sessionId = first.openSession(samplePrincipal(), client, new Date())
    await first.record(sampleDenied({ origin: sampleOrigin({ sessionId, client }) }))
    await first.close()
    const second = await open()
    expect(second.openSession(samplePrincipal(), client, new Date())).toBe(sessionId)
    expect(() => second.openSession(samplePrincipal({ subject: 'eve' }), client, new Date())).toThrow(
      expect.objectContaining({ code: 'session_refused' }),
    )
  })
})

describe('what cannot be stored', { timeout: 60_000 }, () => {
  test('is put aside and counted, and what stands beside it is stored', async () => {
    const spool = await Spool.open({ spoolPath: join(path, 'spool'), spoolMaxBytes: 1e9, segmentMaxBytes: 1e6 })
    const bad = {
      table: 'events',
      json: '{"ts":"2026-01-01 00:00:00.000000","type":"denied","duration_ms":"soon"}',
    } as const
    await spool.append({ rows: [bad] }, 'opening')
    await spool.close()
    const dead: string[] = []
    const { record } = await open({}, { deadLettered: table => dead.push(table) })
    await record(sampleDenied())
    expect(await query('SELECT count() AS count FROM sluice.events')).toEqual([{ count: 1 }])
    expect(dead).toEqual(['events'])
    const kept = await readFile(join(spool.own.directory, 'dead-letters.ndjson'), 'utf8')
    expect(JSON.parse(kept)).toMatchObject({ table: 'events', row: expect.stringContaining('"soon"') })
  })

  test('because its line was changed on disk is put aside and counted', async () => {
    const { record, close } = await open({ store: { kind: 'none' } })
    await record(sampleDenied())
    await close()
    const spool = await Spool.open({ spoolPath: join(path, 'spool'), spoolMaxBytes: 1e9, segmentMaxBytes: 1e6 })
    const directory = spool.own.directory
    await spool.close()
    const segment = join(directory, '0000000001.ndjson')
    const text = await readFile(segment, 'utf8')
    await writeFile(segment, text.replace('"type":"denied"', '"type":"allied"'))
    await appendFile(segment, frameLine('results', 99, '{"ts":"2026-01-01 00:00:00.000000"}'))
    let corrupt = 0
    await open({}, { corrupt: lines => (corrupt += lines) })
    expect(await query('SELECT count() AS count FROM sluice.events')).toEqual([{ count: 0 }])
    expect(corrupt).toBe(1)
    expect(await readFile(join(directory, 'corrupt.ndjson'), 'utf8')).toContain('"offset"')
  })
})

describe('a store that is not there', { timeout: 60_000 }, () => {
  test('leaves events in the spool, and says so', async () => {
    const store = { kind: 'clickhouse', url: 'http://127.0.0.1:9' }
    const { record, health } = await open({ store })
    await record(sampleDenied())
    await expect.poll(() => health().isSinkWorking).toBe(false)
    expect(health()).toMatchObject({ isCaughtUp: false })
    await recorder?.close()
    await open()
    expect(await query('SELECT count() AS count FROM sluice.events')).toEqual([{ count: 1 }])
  })

  test('is told by name where its directory cannot be used', async () => {
    await writeFile(join(path, 'store'), 'a file')
    const { record, health } = await open()
    await record(sampleDenied())
    expect(health().storeFailure).toContain('store')
  })
})
