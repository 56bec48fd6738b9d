import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeOptions } from '../options.ts'
import { type EmbeddedStore, superviseStore } from './supervise.ts'

let path = ''
let store: EmbeddedStore
let client: ClickHouseClient
let reader: ClickHouseClient

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-store-'))
  const options = storeOptions.parse({ kind: 'embedded', path, maxQuerySeconds: 2 })
  if (options.kind !== 'embedded') throw new Error('not embedded')
  store = await superviseStore(options, {})
  client = clientOf(store.access)
  reader = clientOf(store.reader)
  await client.command({ query: 'CREATE TABLE pairs (id UInt64, name String) ENGINE = MergeTree ORDER BY id' })
}, 60_000)
afterAll(async () => {
  await client.close()
  await reader.close()
  await store.close()
  await rm(path, { recursive: true, force: true })
})

function clientOf({ user, password }: { user: string; password: string }): ClickHouseClient {
  const log = { level: ClickHouseLogLevel.OFF }
  return createClient({ url: store.access.url, username: user, password, log })
}

async function rows(from: ClickHouseClient, query: string, query_params: Record<string, unknown> = {}) {
  return (await from.query({ query, query_params, format: 'JSONEachRow' })).json()
}

describe('the embedded store', () => {
  test("answers ClickHouse's own client: inserts, formats, parameters, settings", async () => {
    const name = `it's a "name"\twith \\ and\nlines`
    await client.insert({ table: 'pairs', values: [{ id: 1, name }], format: 'JSONEachRow' })
    await client.insert({ table: 'pairs', values: [[2, 'two']], format: 'JSONCompactEachRow' })
    expect(await rows(client, 'SELECT name FROM pairs WHERE name = {name:String}', { name })).toEqual([{ name }])
    expect(await rows(client, 'SELECT {all:Array(String)} AS all', { all: ['a', "b'"] })).toEqual([
      { all: ['a', "b'"] },
    ])
    const whole = await client.query({ query: 'SELECT id FROM pairs ORDER BY id', format: 'JSON' })
    expect(await whole.json()).toMatchObject({ rows: 2, data: [{ id: 1 }, { id: 2 }] })
    const asked = await client.query({
      query: "SELECT getSetting('log_comment') AS comment",
      clickhouse_settings: { log_comment: 'mine' },
      format: 'JSONEachRow',
    })
    expect(await asked.json()).toEqual([{ comment: 'mine' }])
  })

  test('keeps settings of one request from the next', async () => {
    await client.command({ query: 'SELECT 1', clickhouse_settings: { log_comment: 'leaked' } })
    expect(await rows(client, "SELECT getSetting('log_comment') AS comment")).toEqual([{ comment: '' }])
  })

  test("gives ClickHouse's own errors, with their codes", async () => {
    await expect(rows(client, 'SELECT * FROM absent')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
  })

  test('stops a query that takes too long', async () => {
    const endless = rows(client, 'SELECT count() FROM numbers(1e12) WHERE sipHash64(number) = 1')
    await expect(endless).rejects.toMatchObject({ code: '159' })
  })

  test('answers a ping and nobody without the password', async () => {
    expect(await client.ping()).toEqual({ success: true })
    const stranger = clientOf({ user: 'sluice', password: 'guess' })
    await expect(rows(stranger, 'SELECT 1')).rejects.toMatchObject({ code: '516' })
    await stranger.close()
  })

  test('lets its reader read, but not write, not set, and not open files', async () => {
    expect(await rows(reader, 'SELECT count() > 0 AS some FROM pairs')).toEqual([{ some: 1 }])
    const attempts = [
      () => reader.insert({ table: 'pairs', values: [{ id: 9, name: 'x' }], format: 'JSONEachRow' }),
      () => reader.command({ query: 'DROP TABLE pairs' }),
      () => rows(reader, "SELECT * FROM file('/etc/hostname', 'LineAsString')"),
      () => rows(reader, "SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')"),
      () => reader.command({ query: 'SET readonly = 0' }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: '164' })
  })

  test('is started again on the same port when it dies', async () => {
    const pid = store.pid()
    if (pid === undefined) return expect.unreachable('the store runs')
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => client.ping(), { timeout: 15_000, interval: 100 }).toMatchObject({ success: true })
    expect(store.pid()).not.toBe(pid)
    expect(await rows(client, 'SELECT id FROM pairs ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }])
  })
})
