import { describe, expect, test } from 'vitest'
import { schemaFiles } from './apply-schema.ts'
import { renderSchema, type SchemaSettings } from './render-schema.ts'

const single: SchemaSettings = {
  database: 'audit',
  replicaPath: '/clickhouse/tables/{shard}/{database}/{table}',
  isEmbedded: false,
  eventDays: 90,
  resultDays: 7,
}
const cluster: SchemaSettings = { ...single, cluster: 'main' }

async function statements(settings: SchemaSettings): Promise<readonly string[]> {
  return (await schemaFiles()).flatMap(({ text }) => renderSchema(text, settings))
}

const head = (statement: string) => statement.split('\n')[0]

describe('the schema', () => {
  test('has files numbered without a gap', async () => {
    const files = await schemaFiles()
    expect(files.map(({ version }) => version)).toEqual(files.map((_, index) => index + 1))
  })

  test('on one server has plain tables', async () => {
    expect((await statements(single)).map(head)).toEqual([
      'CREATE TABLE IF NOT EXISTS audit.events  (',
      'CREATE TABLE IF NOT EXISTS audit.column_access  (',
      'CREATE TABLE IF NOT EXISTS audit.results  (',
      'CREATE TABLE IF NOT EXISTS audit.sessions  (',
      'CREATE MATERIALIZED VIEW IF NOT EXISTS audit.sessions_of_events  TO audit.sessions AS',
      'CREATE TABLE IF NOT EXISTS audit.checkpoints  (',
      'CREATE VIEW IF NOT EXISTS audit.decisions  AS',
      'ALTER TABLE audit.events  ADD COLUMN IF NOT EXISTS stages String CODEC(ZSTD(1)) AFTER erased',
    ])
  })

  test('on a cluster has replicated tables, each behind a distributed one', async () => {
    const all = await statements(cluster)
    expect(all.filter(statement => statement.includes("ON CLUSTER 'main'"))).toEqual(all)
    const engines = all.flatMap(statement => /ENGINE = (\w+)/.exec(statement)?.[1] ?? [])
    expect(engines).toEqual([
      ...['ReplicatedMergeTree', 'Distributed', 'ReplicatedMergeTree', 'Distributed', 'ReplicatedMergeTree'],
      ...['Distributed', 'ReplicatedAggregatingMergeTree', 'Distributed', 'ReplicatedMergeTree', 'Distributed'],
    ])
    expect(all.join('\n')).toContain("('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')")
  })

  test('keeps rows for as long as the settings say, and syncs them where the store is embedded', async () => {
    expect((await statements(single)).join('\n')).toContain('INTERVAL 90 DAY')
    expect((await statements(single)).join('\n')).toContain('INTERVAL 7 DAY')
    expect((await statements({ ...single, isEmbedded: true })).join('\n')).toContain('fsync_after_insert = 1')
  })

  test('with a mark that nobody knows is refused', () => {
    expect(() => renderSchema('SELECT <<typo>>', single)).toThrow('<<typo>>')
  })
})
