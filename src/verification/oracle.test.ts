import { beforeAll, expect, test } from 'vitest'
import type { CatalogTable } from '../model/catalog.ts'
import type { ColumnType, ScalarType } from '../model/column-type.ts'
import { googlesqlReferenceFiles } from '../tools/googlesql-reference.ts'
import { type Oracle, openOracle } from './oracle.ts'

const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })
const column = (name: string, type: ColumnType) => ({ name, type, tags: {} })
const users: CatalogTable = {
  ref: { project: 'acme-prod', dataset: 'crm', table: 'users' },
  kind: 'table',
  etag: '1',
  labels: {},
  columns: [column('id', scalar('INT64')), column('email', scalar('STRING'))],
  pseudoColumns: [column('_PARTITIONTIME', scalar('TIMESTAMP'))],
}
const home = { names: 'nested', defaultProject: 'acme-prod', defaultDataset: 'crm' } as const

let oracle: Oracle
beforeAll(async () => {
  oracle = await openOracle(googlesqlReferenceFiles())
})

test('the oracle tells text that parses from text that does not', () => {
  expect(oracle.accepts('FROM a.b |> SELECT x')).toBe(true)
  expect(oracle.accepts('SELECT FROM')).toBe(false)
  expect(oracle.accepts('DECLARE x INT64; SELECT x', { script: true })).toBe(true)
})

test('the oracle extracts the tables that a statement or a script names', () => {
  expect(oracle.tables('SELECT * FROM a.b JOIN `c.d`.e USING (x)')).toEqual([
    ['a', 'b'],
    ['c.d', 'e'],
  ])
  expect(oracle.tables('SELECT 1 FROM t; SELECT 2 FROM u', { script: true }).flat()).toEqual(['t', 'u'])
})

test.each([
  'SELECT email FROM users',
  'SELECT email FROM crm.users',
  'SELECT email FROM `crm.users`',
  'SELECT email FROM `acme-prod`.crm.users',
  'SELECT email FROM acme-prod.crm.users',
  'SELECT email FROM `acme-prod.crm`.users',
  'SELECT email FROM `acme-prod.crm.users`',
])('a table is found however its path is written: %s', sql => {
  expect(oracle.analyze(sql, [users], home).scans).toEqual([
    { table: 'acme-prod.crm.users', columns: ['email'], within: [] },
  ])
})

test('a scan lists the columns that are read, the pseudo-columns too, and the WITH entry around it', () => {
  const sql =
    'WITH u AS (SELECT id, UPPER(email) e, _PARTITIONTIME p FROM `acme-prod.crm.users`) SELECT e, p, id + 0.5 FROM u'
  const { scans, outputs } = oracle.analyze(sql, [users], { names: 'root' })
  expect(scans).toEqual([{ table: 'acme-prod.crm.users', columns: ['id', 'email', '_PARTITIONTIME'], within: ['u'] }])
  expect(outputs.map(output => output.type)).toEqual([scalar('STRING'), scalar('TIMESTAMP'), scalar('FLOAT64')])
})

test('a table of the catalog that is not there is refused with the reason and the place', () => {
  expect(() => oracle.analyze('SELECT 1 FROM nowhere', [users], { names: 'root' })).toThrow(
    'Table not found: nowhere [at 1:15]',
  )
})

test.each([
  'SELECT SEARCH(email, "x") AS a, CONTAINS_SUBSTR(email, "x", json_scope => "JSON_KEYS") AS b FROM users',
  'SELECT MAX_BY(email, id) AS a, MIN_BY(id, email) AS b FROM users',
  'SELECT TEXT_ANALYZE(email) AS a, TEXT_ANALYZE(email, analyzer => "LOG_ANALYZER") AS b FROM users',
])("BigQuery's own functions are known: %s", sql => {
  expect(oracle.analyze(sql, [users], home).outputs.map(output => output.name)).toEqual(['a', 'b'])
})

test('queries run over sample rows', () => {
  const rows = new Map([
    [
      'acme-prod.crm.users',
      [
        ['1', 'ann@acme.test', '2026-01-01T00:00:00Z'],
        ['2', null, null],
      ],
    ],
  ])
  const sql = 'SELECT id, SPLIT(email, "@") AS parts, _PARTITIONTIME FROM `acme-prod.crm.users` ORDER BY id'
  expect(oracle.evaluate(sql, [users], rows)).toEqual([
    ['1', ['ann', 'acme.test'], '2026-01-01T00:00:00Z'],
    ['2', null, null],
  ])
})

const samples = [
  ['BOOL', 'true'],
  ['INT64', '-9223372036854775808'],
  ['FLOAT64', '0.1'],
  ['FLOAT64', 'NaN'],
  ['NUMERIC', '-123.000000001'],
  ['NUMERIC', '128'],
  ['BIGNUMERIC', '0.00000000000000000000000000000000000001'],
  ['STRING', 'ä'],
  ['BYTES', 'AP8='],
  ['DATE', '1969-12-31'],
  ['TIME', '23:59:59.000001'],
  ['DATETIME', '2026-02-28T01:02:03.500'],
  ['TIMESTAMP', '1901-01-01T00:00:00.250Z'],
  ['JSON', '{"a":[1,null]}'],
] as const

test.each(samples)('a %s keeps its value on the way through the analyzer: %s', (name, text) => {
  const type: ColumnType = { kind: 'array', element: { kind: 'struct', fields: [{ name: 'x', type: scalar(name) }] } }
  const table: CatalogTable = { ...users, columns: [column('v', type), column('w', scalar(name))], pseudoColumns: [] }
  const rows = new Map([['acme-prod.crm.users', [[[[text], [null]], text]]]])
  const sql = 'SELECT v, w, v[0].x FROM `acme-prod.crm.users`'
  expect(oracle.evaluate(sql, [table], rows)).toEqual([[[[text], [null]], text, text]])
})
