import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { localBigQueryCommand } from '../../src/tools/local-bigquery.ts'
import { runCommand } from '../../src/tools/run-command.ts'
import { type NodeClient, openNodeClient } from './node-client.ts'
import { recordsOf } from './records.ts'
import { journeyTimeoutMs as timeout, useSandbox } from './use-sandbox.ts'

const worldPath = join(import.meta.dirname, '../corpus/attacks/fixture_world.json')
const sessionKey = 'storage-journey'
const sandbox = useSandbox(() => ({ worldPath }))

type Read = {
  readonly as: 'alice' | 'bob'
  readonly table: readonly [dataset: string, table: string]
  readonly options?: object
  readonly offset?: number
  readonly format?: 'ARROW' | 'AVRO'
}
type Said = {
  readonly total?: number
  readonly batches?: number
  readonly count?: number
  readonly rows?: readonly Record<string, unknown>[]
  readonly code?: string
  readonly message?: string
}

/** The warehouse's own Python has Google's client, because the warehouse speaks the same API. */
async function readAll(reads: readonly Read[]): Promise<readonly Said[]> {
  const { storage_endpoint: endpoint, tokens } = sandbox.ready
  const lines = reads.map(({ as, table, options = {}, offset = 0, format = 'ARROW' }) =>
    JSON.stringify({
      ...{ endpoint, token: tokens[as], table: ['acme-prod', ...table], options, offset },
      data_format: format,
      session_key: `${sessionKey}-${as}`,
    }),
  )
  const python = join(dirname(localBigQueryCommand().executable), 'python')
  const script = join(import.meta.dirname, 'storage-reader.py')
  const ran = await runCommand(python, [script], { input: lines.join('\n'), timeoutMs: timeout })
  if (ran.code !== 0) throw new Error(ran.stderr)
  return ran.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Said)
}

async function jobOf(client: NodeClient, query: string): Promise<readonly [dataset: string, table: string]> {
  const [job] = await client.createQueryJob({ query })
  await job.getQueryResults({ maxResults: 1, autoPaginate: false })
  const [{ configuration }] = await job.getMetadata()
  const { destinationTable } = (configuration as { query: { destinationTable: Record<string, string> } }).query
  return [destinationTable['datasetId'] ?? '', destinationTable['tableId'] ?? '']
}

describe("Google's client of the Storage Read API", () => {
  test(
    'reads tables as policy lets it, and puts that on record',
    async () => {
      const [masked, clear, filtered, denied] = await readAll([
        { as: 'alice', table: ['crm', 'users'] },
        { as: 'bob', table: ['crm', 'users'], options: { selected_fields: ['email'], row_restriction: 'id = 1' } },
        { as: 'alice', table: ['crm', 'orders'] },
        { as: 'alice', table: ['hr', 'salaries'] },
      ])
      expect(masked?.rows).toHaveLength(3)
      expect(masked?.rows?.[0]).toMatchObject({ id: 1, ssn: 'REDACTED', profile: { phone: 'REDACTED' } })
      expect(JSON.stringify(masked)).not.toMatch(/canary\.example|900-\d\d-\d{4}|\+1555/)
      expect(clear?.rows).toEqual([{ email: 'alice.archer@canary.example' }])
      expect(filtered?.rows?.map(row => row['region'])).toEqual(['EU', 'EU'])
      expect(denied?.code).toBe('PERMISSION_DENIED')
      expect(denied?.message).toContain('Datasets you may read')

      const events = await recordsOf(sandbox.statePath, `${sessionKey}-alice`, 7)
      const started = events.find(({ type, tables }) => type === 'started' && tables.includes('acme-prod.crm.users'))
      expect(started).toMatchObject({
        action: 'BigQueryRead.CreateReadSession',
        sql: 'SELECT * FROM `acme-prod.crm.users`',
      })
      expect(started?.masks.join()).toContain('ssn')
      expect(events.filter(({ type }) => type === 'denied').map(({ tables }) => tables)).toEqual([
        ['acme-prod.hr.salaries'],
      ])
      expect(events.some(({ type, rows_delivered }) => type === 'finished' && rows_delivered === 3)).toBe(true)
    },
    timeout,
  )

  test(
    'reads the same values as Arrow and as Avro',
    async () => {
      const alice = await openNodeClient(sandbox.ready.rest_url, sandbox.ready.tokens['alice'])
      const table = await jobOf(
        alice,
        `SELECT 1 AS i, -1.5 AS f, TRUE AS yes, 'é' AS s, b'abc' AS b, DATE '2024-02-29' AS d,
        TIME '10:00:00.000001' AS t, TIMESTAMP '2024-01-01 00:00:00.000120+00' AS ts, NUMERIC '-10.5' AS n,
        [1, 2] AS a, STRUCT(1 AS x, ['p'] AS y) AS st, [STRUCT(2 AS x)] AS sts, CAST(NULL AS STRING) AS z`,
      )
      const [arrow, avro] = await readAll([
        { as: 'alice', table },
        { as: 'alice', table, format: 'AVRO' },
      ])
      expect(arrow?.rows).toEqual([
        {
          ...{ i: 1, f: -1.5, yes: true, s: 'é', b: "b'abc'", d: '2024-02-29', t: '10:00:00.000001', z: null },
          ...{ ts: '2024-01-01 00:00:00.000120+00:00', n: '-10.500000000', a: [1, 2], st: { x: 1, y: ['p'] } },
          sts: [{ x: 2 }],
        },
      ])
      expect(avro?.rows).toEqual(arrow?.rows)
    },
    timeout,
  )

  test(
    "reads the result of one's own query, from any row on, and nobody else's",
    async () => {
      const { rest_url, tokens } = sandbox.ready
      const alice = await openNodeClient(rest_url, tokens['alice'])
      const bob = await openNodeClient(rest_url, tokens['bob'])
      const many = await jobOf(alice, "SELECT n, 'text' AS t FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS n ORDER BY n")
      const secret = await jobOf(bob, 'SELECT email FROM crm.users')
      const [whole, rest, own, foreign] = await readAll([
        { as: 'alice', table: many },
        { as: 'alice', table: many, options: { selected_fields: ['n'] }, offset: 99_998 },
        { as: 'bob', table: secret },
        { as: 'alice', table: secret },
      ])
      expect(whole).toMatchObject({ total: 100_000, count: 100_000 })
      expect(whole?.rows?.[0]).toEqual({ n: 1, t: 'text' })
      expect(rest?.rows).toEqual([{ n: 99_999 }, { n: 100_000 }])
      expect(own?.count).toBe(3)
      expect(foreign?.code).toBe('NOT_FOUND')
    },
    timeout,
  )
})
