import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { visit } from './agent.ts'
import { type NodeClient, openNodeClient } from './node-client.ts'
import { copyPolicy } from './policy-copy.ts'
import { recordsOf } from './records.ts'
import { journeyTimeoutMs as timeout, useSandbox } from './use-sandbox.ts'

const worldPath = join(import.meta.dirname, '../corpus/attacks/fixture_world.json')
const filtered = 'acme-prod.lab.orders'
const sandbox = useSandbox(async statePath => ({
  worldPath,
  policiesPath: await copyPolicy(join(statePath, 'policies'), {
    regions: ({ tables, groups }) => ({
      tables: { ...tables, [filtered]: { column: 'region', guard: false } },
      groups: { ...groups, 'data-engineers': ['EU'] },
    }),
  }),
}))
let alice: NodeClient
let bob: NodeClient
let dana: NodeClient

beforeAll(async () => {
  const { rest_url, tokens } = sandbox.ready
  alice = await openNodeClient(rest_url, tokens['alice'])
  bob = await openNodeClient(rest_url, tokens['bob'])
  dana = await openNodeClient(rest_url, tokens['dana'])
  await dana.createDataset('lab')
  await dana.query('CREATE TABLE lab.orders (id INT64, region STRING)')
  await dana.query("INSERT INTO lab.orders (id, region) VALUES (1, 'EU'), (2, 'US'), (3, 'EU')")
}, timeout)

const refOf = (tableId: string) => ({ projectId: 'acme-prod', datasetId: 'lab', tableId })

/** A job to its end. */
async function jobOf(configuration: object) {
  const [job] = await dana.createJob({ configuration })
  for (;;) {
    const [metadata] = await job.getMetadata()
    if ((metadata['status'] as { state: string }).state === 'DONE') return metadata
  }
}

/** A statement to its end, as `jobs.get` shows it. */
async function run(query: string, client = dana) {
  const [job] = await client.createQueryJob({ query })
  await job.getQueryResults()
  const [metadata] = await job.getMetadata()
  const { statistics, configuration } = metadata as { statistics: { query: object }; configuration: object }
  return { statistics: statistics.query, configuration }
}

const dml = (statementType: string, [inserted, updated, deleted]: readonly [number, number, number]) => ({
  statementType,
  numDmlAffectedRows: String(inserted + updated + deleted),
  dmlStats: {
    insertedRowCount: String(inserted),
    updatedRowCount: String(updated),
    deletedRowCount: String(deleted),
  },
})

describe('an engineer who may write to one dataset', () => {
  test('makes a table of a query, and reads it at once', async () => {
    const query = 'CREATE OR REPLACE TABLE lab.names AS SELECT id, name FROM crm.users'
    const { statistics, configuration } = await run(query)
    const target = { projectId: 'acme-prod', datasetId: 'lab', tableId: 'names' }
    expect(statistics).toMatchObject({ statementType: 'CREATE_TABLE_AS_SELECT', ddlTargetTable: target })
    expect(configuration).toMatchObject({ query: { query, destinationTable: target } })
    expect((await dana.query('SELECT COUNT(*) AS n FROM lab.names'))[0]).toEqual([{ n: 3 }])
    await run('ALTER TABLE lab.names ADD COLUMN note STRING')
    expect((await dana.query('SELECT note FROM lab.names'))[0]).toHaveLength(3)
    await run('DROP TABLE lab.names')
    await expect(dana.query('SELECT * FROM lab.names')).rejects.toThrow(/no table/)
  })

  test('is told how many rows each statement changed', async () => {
    await run('CREATE OR REPLACE TABLE lab.counted (id INT64, note STRING)')
    expect((await run("INSERT INTO lab.counted (id, note) VALUES (1, 'a'), (2, 'b')")).statistics).toMatchObject(
      dml('INSERT', [2, 0, 0]),
    )
    expect((await run("UPDATE lab.counted SET note = 'c' WHERE id = 1")).statistics).toMatchObject(
      dml('UPDATE', [0, 1, 0]),
    )
    const merge = `MERGE lab.counted t USING (SELECT id, name FROM crm.users) s ON t.id = s.id
      WHEN MATCHED THEN UPDATE SET note = s.name WHEN NOT MATCHED THEN INSERT (id, note) VALUES (s.id, s.name)`
    expect((await run(merge)).statistics).toMatchObject(dml('MERGE', [1, 2, 0]))
    const { statistics, configuration } = await run('DELETE FROM lab.counted WHERE id = 3')
    expect(statistics).toMatchObject(dml('DELETE', [0, 0, 1]))
    expect(configuration).toMatchObject({ query: { query: 'DELETE FROM lab.counted WHERE id = 3' } })
    expect((await dana.query('SELECT id, note FROM lab.counted ORDER BY id'))[0]).toEqual([
      { id: 1, note: 'Alice Archer' },
      { id: 2, note: 'Bob Baker' },
    ])
  })

  test('changes none of the rows that a filter hides, and cannot tell that they are there', async () => {
    const all = async () => (await bob.query('SELECT id FROM lab.orders ORDER BY id'))[0].map(({ id }) => id)
    expect((await dana.query('SELECT id FROM lab.orders ORDER BY id'))[0]).toEqual([{ id: 1 }, { id: 3 }])
    expect((await run('UPDATE lab.orders SET id = id + 10 WHERE TRUE')).statistics).toMatchObject(
      dml('UPDATE', [0, 2, 0]),
    )
    expect(await all()).toEqual([2, 11, 13])
    expect((await run('DELETE FROM lab.orders WHERE TRUE')).statistics).toMatchObject(dml('DELETE', [0, 0, 2]))
    expect(await all()).toEqual([2])
  })

  test('cannot write what is masked', async () => {
    const copies = [
      'CREATE TABLE lab.people AS SELECT id, email FROM crm.users',
      'INSERT INTO lab.orders (region) SELECT ssn FROM crm.users',
      'CREATE TABLE lab.people AS SELECT * FROM crm.users',
    ]
    for (const query of copies) await expect(dana.query(query), query).rejects.toThrow(/rule masked_writes/)
  })

  test('writes nowhere else', async () => {
    const elsewhere = [
      'INSERT INTO crm.orders (id) VALUES (1)',
      'DELETE FROM crm.orders WHERE TRUE',
      'DROP TABLE crm.users',
      'CREATE TABLE public_data.mine AS SELECT 1 AS a',
      'CREATE SCHEMA other',
    ]
    for (const query of elsewhere) {
      await expect(dana.query(query), query).rejects.toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] })
    }
    expect((await bob.query('SELECT COUNT(*) AS n FROM crm.orders'))[0]).toEqual([{ n: 4 }])
  })

  test('makes and deletes tables, views and datasets without SQL', async () => {
    const lab = dana.dataset('lab')
    const fields = [
      { name: 'id', type: 'INTEGER', mode: 'REQUIRED' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      { name: 'place', type: 'RECORD', fields: [{ name: 'city', type: 'STRING' }] },
    ]
    const [table] = await lab.createTable('made', { schema: { fields }, description: 'It\'s "mine"' })
    const [metadata] = await table.getMetadata()
    expect(metadata).toMatchObject({ type: 'TABLE', schema: { fields: fields.map(({ name }) => ({ name })) } })
    const [view] = await lab.createTable('seen', { view: 'SELECT id FROM `acme-prod.lab.made`' })
    expect((await view.getMetadata())[0]).toMatchObject({ type: 'VIEW' })
    await expect(lab.createTable('made', { schema: { fields } })).rejects.toMatchObject({ code: 409 })
    await view.delete()
    await table.delete()
    await expect(table.getMetadata()).rejects.toMatchObject({ code: 404 })
    await expect(dana.createDataset('lab')).rejects.toMatchObject({ code: 409 })
    await expect(dana.createDataset('other')).rejects.toMatchObject({ code: 403 })
    await expect(dana.dataset('crm').delete({ force: true })).rejects.toMatchObject({ code: 403 })
    await expect(dana.dataset('crm').table('orders').delete()).rejects.toMatchObject({ code: 403 })
  })

  test('writes the rows of a query to a table, and reads them as that table', async () => {
    const destination = dana.dataset('lab').table('stored')
    const query = 'SELECT id, name FROM crm.users'
    const [job] = await dana.createQueryJob({ query, destination, writeDisposition: 'WRITE_TRUNCATE' })
    expect((await job.getQueryResults())[0]).toHaveLength(3)
    expect((await dana.query('SELECT COUNT(*) AS n FROM lab.stored'))[0]).toEqual([{ n: 3 }])
    const masked = dana.createQueryJob({ query: 'SELECT email FROM crm.users', destination })
    await expect(masked).rejects.toThrow(/rule masked_writes/)
    const elsewhere = { query, destination: dana.dataset('crm').table('stored') }
    await expect(dana.createQueryJob(elsewhere)).rejects.toMatchObject({ code: 403 })
    const over = { query: 'SELECT 1 AS id', destination: dana.dataset('lab').table('orders') }
    await expect(dana.createQueryJob({ ...over, writeDisposition: 'WRITE_TRUNCATE' })).rejects.toThrow(/some rows/)
  })

  test('loads a file, streams rows, and is told which were not taken', async () => {
    const path = join(sandbox.statePath, 'rows.json')
    await writeFile(path, '{"id": 1, "name": "marked-in-file"}\n')
    const table = dana.dataset('lab').table('loaded')
    const schema = {
      fields: [
        { name: 'id', type: 'INTEGER' },
        { name: 'name', type: 'STRING' },
      ],
    }
    const [loaded] = await table.load(path, { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema })
    expect(loaded).toMatchObject({ status: { state: 'DONE' }, statistics: { load: { outputRows: '1' } } })
    await table.insert([{ id: 2, name: 'marked-in-stream' }])
    await expect(table.insert([{ id: 'x' }])).rejects.toMatchObject({ name: 'PartialFailureError' })
    expect((await dana.query('SELECT COUNT(*) AS n FROM lab.loaded'))[0]).toEqual([{ n: 2 }])
    await expect(dana.dataset('crm').table('orders').load(path)).rejects.toMatchObject({ code: 403 })
  })

  test('copies a table, writes it to a file and loads that', async () => {
    const lab = dana.dataset('lab')
    await dana.query('CREATE OR REPLACE TABLE lab.source AS SELECT 1 AS id')
    const [copied] = await lab.table('source').copy(lab.table('copied'))
    expect(copied).toMatchObject({ status: { state: 'DONE' } })
    const extract = { sourceTable: refOf('source'), destinationUri: 'gs://acme-lab/out.csv' }
    expect(await jobOf({ extract })).toMatchObject({ status: { state: 'DONE' } })
    const load = { destinationTable: refOf('back'), sourceUris: [extract.destinationUri], autodetect: true }
    expect(await jobOf({ load })).toMatchObject({ statistics: { load: { outputRows: '1' } } })
    await expect(jobOf({ extract: { ...extract, destinationUri: 'gs://elsewhere/f' } })).rejects.toThrow(
      /cloud_storage/,
    )
    await expect(dana.dataset('crm').table('users').copy(lab.table('people'))).rejects.toThrow(/masked/)
  })

  test('writes over MCP as well', { timeout }, async () => {
    const agent = await visit(sandbox.ready.mcp_url, sandbox.ready.tokens['dana'], 'writing-over-mcp')
    expect((await agent.ask('CREATE OR REPLACE TABLE lab.over_mcp AS SELECT 1 AS id')).error).toBe(undefined)
    expect((await agent.ask('INSERT INTO lab.over_mcp (id) VALUES (2), (3)')).affected_rows).toBe(2)
    expect((await agent.ask('SELECT COUNT(*) FROM lab.over_mcp')).rows).toEqual([[3]])
    const denied = await agent.ask('INSERT INTO crm.orders (id) VALUES (1)')
    expect(denied.error?.code).toBe('policy_denied')
    await agent.close()
    const events = await recordsOf(sandbox.statePath, 'writing-over-mcp', 7)
    const asked = events.find(({ sql }) => sql.startsWith('INSERT INTO lab'))
    const inserted = events.filter(({ request_id }) => request_id === asked?.request_id)
    expect(inserted[0]).toMatchObject({ type: 'started', tables: [expect.stringContaining('acme-prod.lab.over_mcp')] })
    expect(inserted.at(-1)).toMatchObject({ type: 'finished', affected_rows: 2 })
  })
})

describe('alice, an agent', () => {
  test('writes nothing, and is told why', async () => {
    for (const query of ['INSERT INTO lab.orders (id) VALUES (1)', 'DROP TABLE lab.orders', 'CREATE SCHEMA other']) {
      await expect(alice.query(query), query).rejects.toThrow(/Agents may only read/)
    }
    const schema = { fields: [{ name: 'id', type: 'INTEGER' }] }
    await expect(alice.dataset('crm').createTable('mine', { schema })).rejects.toMatchObject({ code: 403 })
    await expect(alice.dataset('crm').table('orders').delete()).rejects.toMatchObject({ code: 403 })
  })
})
