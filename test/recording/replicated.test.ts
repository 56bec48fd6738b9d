import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { schemaFiles } from '../../src/recording/clickhouse/apply-schema.ts'
import { renderSchema } from '../../src/recording/clickhouse/render-schema.ts'

const program = new URL('./replicated-engine.ts', import.meta.url).pathname
const settings = {
  ...{ database: 'audit', cluster: 'main', replicaPath: '/clickhouse/tables/{shard}/{database}/{table}' },
  ...{ isEmbedded: false, eventDays: 90, resultDays: 7 },
}

/** What the engine prints; it is ended by its own hand once it has printed all. */
function run(path: string, statements: readonly string[]): Promise<string> {
  const words = ['--import', 'tsx', program, path, JSON.stringify(statements)]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { timeout: 100_000 }, (error, stdout, stderr) => {
      if (error?.signal === 'SIGKILL' && !error.killed) resolve(stdout)
      else reject(new Error(stderr, { cause: error }))
    })
  })
}

test('ClickHouse makes the replicated and distributed tables of a cluster', { timeout: 120_000 }, async () => {
  const path = await mkdtemp(join(tmpdir(), 'sluice-replicated-'))
  // Spreading a statement over hosts is what the engine in a process cannot do; what it then runs on each, it can.
  const made = (await schemaFiles()).flatMap(({ text }) => renderSchema(text, settings))
  // Nor does its keeper tell a replica that its table changes: the statement would wait for ever.
  const here = made
    .map(statement => statement.replaceAll(/ON CLUSTER 'main'/g, ''))
    .filter(statement => !statement.startsWith('ALTER TABLE'))
  const engines = "SELECT name, engine FROM system.tables WHERE database = 'audit' ORDER BY name"
  const printed = await run(path, ['CREATE DATABASE audit', ...here, engines])
  await rm(path, { recursive: true, force: true })
  expect(
    Object.fromEntries(
      printed
        .trimEnd()
        .split('\n')
        .map(line => line.split('\t')),
    ),
  ).toEqual({
    ...{ events: 'Distributed', column_access: 'Distributed', results: 'Distributed' },
    ...{ sessions: 'Distributed', checkpoints: 'Distributed', decisions: 'View' },
    ...{ events_local: 'ReplicatedMergeTree', column_access_local: 'ReplicatedMergeTree' },
    ...{ results_local: 'ReplicatedMergeTree', checkpoints_local: 'ReplicatedMergeTree' },
    ...{ sessions_local: 'ReplicatedAggregatingMergeTree', sessions_of_events: 'MaterializedView' },
  })
})
