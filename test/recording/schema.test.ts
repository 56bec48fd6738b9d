import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applySchema, schemaFiles } from '../../src/recording/clickhouse/apply-schema.ts'
import { clickHouseSink } from '../../src/recording/clickhouse/clickhouse-sink.ts'
import { connectStore } from '../../src/recording/clickhouse/connect.ts'
import { renderSchema, type SchemaSettings } from '../../src/recording/clickhouse/render-schema.ts'
import { type EmbeddedStore, superviseStore } from '../../src/recording/embedded/supervise.ts'
import { storeOptions } from '../../src/recording/options.ts'
import { rowsOfEvent } from '../../src/recording/rows/rows-of-event.ts'
import { batchesOf } from '../../src/recording/sink/batches.ts'
import { frameRows, newChain } from '../../src/recording/spool/chain.ts'
import { LineBlock } from '../../src/recording/spool/line.ts'
import { splitLines } from '../../src/recording/spool/read-lines.ts'
import { sampleDenied } from '../fakes/sample-events.ts'

let path = ''
let store: EmbeddedStore
let client: ClickHouseClient

const single: SchemaSettings = {
  database: 'audit',
  replicaPath: '/clickhouse/tables/{shard}/{database}/{table}',
  isEmbedded: false,
  eventDays: 90,
  resultDays: 7,
}

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'sluice-schema-'))
  const options = storeOptions.parse({ kind: 'embedded', path })
  if (options.kind !== 'embedded') throw new Error('not embedded')
  store = await superviseStore(options, {})
  client = connectStore(store.access)
}, 60_000)
afterAll(async () => {
  await client.close()
  await store.close()
  await rm(path, { recursive: true, force: true })
})

/** ClickHouse's own parser reads a statement and prints it again. */
async function parsed(query: string): Promise<string> {
  const answer = await client.query({
    query: 'SELECT formatQuery({query:String}) AS text',
    query_params: { query },
    format: 'JSONEachRow',
  })
  return (await answer.json<{ text: string }>())[0]?.text ?? ''
}

describe('the schema', () => {
  test('for a cluster is read by ClickHouse as it is meant', async () => {
    const files = await schemaFiles()
    const texts = await Promise.all(
      files.flatMap(({ text }) => renderSchema(text, { ...single, cluster: 'main' })).map(parsed),
    )
    expect(texts.length).toBeGreaterThan(10)
    expect(texts.filter(text => !/ON CLUSTER (main|`main`)/.test(text))).toEqual([])
    expect(texts.filter(text => text.includes("ReplicatedMergeTree('/clickhouse/tables/{shard}")).length).toBe(4)
    expect(texts.filter(text => text.includes("Distributed('main', 'audit'")).length).toBe(5)
  })

  test('for one server can be applied, twice, and takes rows', async () => {
    await applySchema(client, single)
    await applySchema(client, single)
    const drafts = rowsOfEvent(sampleDenied(), crypto.randomUUID(), {
      tenant: 't',
      resultMaxRows: 1,
      resultMaxBytes: 1,
    })
    const block = new LineBlock()
    frameRows(drafts, newChain('w'), block)
    const { lines } = splitLines(block.bytes, { segment: 1, offset: 0 }, drafts.length)
    const sink = clickHouseSink(client, 'audit', 'server')
    for (const batch of batchesOf('w', lines, { rows: 10, bytes: 1e6 })) await sink.insert(batch)
    const answer = await client.query({
      query: "SELECT decision_id != '' AS has FROM audit.decisions",
      format: 'JSONEachRow',
    })
    expect(await answer.json()).toEqual([{ has: 1 }])
  })

  test('that was changed after it was applied is refused', async () => {
    await client.command({
      query: "ALTER TABLE audit.schema_versions UPDATE checksum = 'x' WHERE version = 2",
      clickhouse_settings: { mutations_sync: '2' },
    })
    await expect(applySchema(client, single)).rejects.toThrow('0002-column-access.sql was changed')
  })
})

test('the users that are shipped are read by ClickHouse, and the writer may not change what it wrote', async () => {
  const text = await readFile(new URL('../../deploy/clickhouse/users.sql', import.meta.url), 'utf8')
  const statements = text
    .replaceAll(/^--.*\n/gm, '')
    .split(/;\s*\n/)
    .map(part => part.trim())
    .filter(part => part !== '')
  for (const statement of statements) expect(await parsed(statement)).not.toBe('')
  const grants = statements.filter(statement => statement.startsWith('GRANT') && statement.includes('writer_role'))
  expect(grants.join()).not.toMatch(/ALTER|DELETE|TRUNCATE|DROP|\bALL\b|OPTIMIZE/)
})
