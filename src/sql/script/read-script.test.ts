import { expect, test } from 'vitest'
import { understandText } from '../../../test/measure/understand-text.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { Analyzed } from '../analyze.ts'

const text = { kind: 'scalar', name: 'STRING' } as const
const users: CatalogTable = {
  ref: { project: 'p', dataset: 'd', table: 'users' },
  ...{ kind: 'table', etag: '1', labels: {}, pseudoColumns: [] },
  columns: [
    { name: 'id', type: { kind: 'scalar', name: 'INT64' }, tags: {} },
    { name: 'ssn', type: text, tags: { ssn: ['pii'] } },
  ],
}

function understood(sql: string): Analyzed {
  const analyzed = understandText(sql, [users], { project: 'p', defaultDataset: { project: 'p', dataset: 'd' } })
  if (analyzed instanceof Failure) throw analyzed
  return analyzed
}

function lineageOf(sql: string): readonly string[] {
  return understood(sql).statement.outputs.flatMap(({ lineage }) => lineage)
}

test('what a variable holds derives from all that was assigned to it', () => {
  expect(lineageOf("DECLARE v STRING; SET v = (SELECT MAX(ssn) FROM users); SET v = 'x'; SELECT v")).toEqual([
    'p.d.users.ssn',
  ])
})

test('a value that reaches a variable in a later round of a loop counts in the first one', () => {
  const loop = 'LOOP SET a = b; SET b = c; SET c = (SELECT MAX(ssn) FROM users); END LOOP'
  expect(lineageOf(`DECLARE a, b, c STRING; ${loop}; SELECT a`)).toEqual(['p.d.users.ssn'])
})

test('a temporary table carries what its columns were filled with, and is no table of its own for the policy', () => {
  const { tables, statements, outputs } = understood(
    'CREATE TEMP TABLE t AS SELECT id, ssn AS x FROM users; INSERT INTO t SELECT id, ssn FROM users; SELECT x FROM t',
  ).statement
  expect(tables.map(({ id, access }) => `${id} ${access}`)).toEqual(['p.d.users read'])
  expect(statements).toEqual([
    { kind: 'SCRIPT', class: 'script' },
    { kind: 'SELECT', class: 'read' },
  ])
  expect(outputs[0]?.lineage).toContain('p.d.users.ssn')
})

test('every kind of statement in a script is named, also in the literal of EXECUTE IMMEDIATE', () => {
  const { statements } = understood("IF TRUE THEN EXECUTE IMMEDIATE 'DELETE FROM users WHERE TRUE'; END IF").statement
  expect(statements).toEqual([
    { kind: 'SCRIPT', class: 'script' },
    { kind: 'DELETE', class: 'write' },
  ])
})

test('after DROP a name means the table of the dataset again, and what is done to it counts', () => {
  const { tables, statements } = understood(
    'CREATE TEMP TABLE users AS SELECT 1 AS id; DROP TABLE users; DELETE FROM users WHERE TRUE',
  ).statement
  expect(tables.map(({ id, access }) => `${id} ${access}`)).toEqual(['p.d.users read,write'])
  expect(statements).toContainEqual({ kind: 'DELETE', class: 'write' })
})

test('a table that is made anew keeps the tags of its columns', () => {
  const { tables } = understood("CREATE OR REPLACE TABLE users AS SELECT 'x' AS ssn; SELECT ssn FROM users").statement
  expect(tables[0]?.columns).toMatchObject([{ name: 'ssn', tags: ['pii'], uses: ['select'] }])
})

test('a column comes before a variable of its name', () => {
  expect(lineageOf("DECLARE ssn STRING DEFAULT 'x'; SELECT ssn FROM users")).toEqual(['p.d.users.ssn'])
})

test('many statements take time in proportion to their number, and too many are refused', () => {
  expect(understood('SELECT id FROM users;'.repeat(1_000)).parts).toHaveLength(1_000)
  const began = process.cpuUsage()
  expect(() => understood('SET x = 1;'.repeat(10_000).replace('SET x = 1', 'DECLARE x INT64'))).toThrow(Failure)
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(2_000)
})

test('loops in loops are read twice and not twice for each other', () => {
  const deep = `${'LOOP '.repeat(50)}SELECT 1; ${'END LOOP; '.repeat(50)}`
  expect(understood(deep).parts).toHaveLength(1)
})
