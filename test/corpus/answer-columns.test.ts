import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CatalogTable } from '../../src/model/catalog.ts'
import { typeText } from '../../src/model/column-type.ts'
import type { Decision } from '../../src/model/decision.ts'
import { Failure } from '../../src/model/failure.ts'
import { govern } from '../../src/sql/govern.ts'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { judge, openOracle } from '../../src/verification/oracle.ts'
import { allowAll } from '../measure/recorded.ts'
import { understandText } from '../measure/understand-text.ts'

const isHere = existsSync(googlesqlReferenceFiles().wasmPath)
if (!isHere) console.log('skipped: the analyzer is not on this machine')

const column = (name: string, type: 'INT64' | 'STRING') => ({ name, type: { kind: 'scalar', name: type }, tags: {} }) as const
const users: CatalogTable = {
  ...{ ref: { project: 'p', dataset: 'd', table: 'users' }, kind: 'table', etag: '1', labels: {} },
  ...{ columns: [column('id', 'INT64'), column('name', 'STRING')], pseudoColumns: [] },
}

/** What is answered, and what the analyzer has against it. */
const cases: readonly (readonly [sql: string, answered: string])[] = [
  ['SELECT id, id, name AS id FROM d.users', 'id INT64, id_1 INT64, id_2 STRING'],
  ['SELECT 1, id, 2, ID FROM d.users', 'f0_ INT64, id INT64, f1_ INT64, ID_1 INT64'],
  ['SELECT * FROM d.users AS a JOIN d.users AS b ON a.id = b.id', 'id INT64, name STRING, id_1 INT64, name_1 STRING'],
  ['CREATE TABLE d.t (a INT64 NOT NULL, b ARRAY<STRUCT<c STRING(10)>>)', 'a INT64, b ARRAY<STRUCT<c STRING>>'],
  ['CREATE OR REPLACE TABLE d.t (a NUMERIC(5, 2)) PARTITION BY _PARTITIONDATE', 'a NUMERIC'],
  ['CREATE TABLE d.t AS SELECT name FROM d.users', 'name STRING'],
  ['CREATE TABLE d.t (n STRING) AS SELECT name FROM d.users', 'n STRING'],
  ['CREATE TABLE d.t LIKE d.users', 'id INT64, name STRING'],
  ['CREATE TABLE d.t CLONE d.users', ''],
  ['CREATE TABLE d.t COPY d.users', ''],
  ['CREATE VIEW d.v AS SELECT id AS n FROM d.users', 'n INT64'],
  ['ALTER TABLE d.users ADD COLUMN z INT64', ''],
  ['ALTER TABLE d.users ALTER COLUMN id SET DATA TYPE NUMERIC', ''],
]

describe.skipIf(!isHere)('the columns of an answer', async () => {
  const oracle = await openOracle(googlesqlReferenceFiles())

  test.each(cases)('%s', (sql, answered) => {
    const analyzed = understandText(sql, [users], { project: 'p' })
    if (analyzed instanceof Failure) throw analyzed
    const told = analyzed.statement.outputs.map(({ name, type }) => `${name} ${type && typeText(type)}`)
    expect(told.join(', ')).toBe(answered)
    const governed = govern(analyzed, allowAll as Decision)
    expect(judge(oracle, governed)).toBeUndefined()
  })
})
