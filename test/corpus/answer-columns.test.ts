import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CatalogTable } from '../../src/model/catalog.ts'
import { typeText } from '../../src/model/column-type.ts'
import type { Decision } from '../../src/model/decision.ts'
import { Failure } from '../../src/model/failure.ts'
import type { OutputColumn } from '../../src/model/statement.ts'
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
  ["EXPORT DATA OPTIONS (uri = 'gs://b/*.csv', format = 'CSV') AS SELECT id FROM d.users", ''],
  ['INSERT INTO d.users (id) VALUES (1)', ''],
]

/** Of INSERT alone a dry run tells more than the run answers. */
const dryRuns: readonly (readonly [sql: string, told: string])[] = [
  ['INSERT INTO d.users (id) VALUES (1)', 'id INT64, name STRING'],
  ['INSERT INTO d.users (id) SELECT 1 AS x', 'id INT64, name STRING'],
  ['SELECT name FROM d.users', 'name STRING'],
  ['DELETE FROM d.users WHERE TRUE', ''],
]

describe.skipIf(!isHere)('the columns of an answer', async () => {
  const oracle = await openOracle(googlesqlReferenceFiles())

  const governed = (sql: string) => {
    const analyzed = understandText(sql, [users], { project: 'p' })
    if (analyzed instanceof Failure) throw analyzed
    return govern(analyzed, allowAll as Decision)
  }

  test.each(cases)('%s', (sql, answered) => {
    const text = governed(sql)
    expect(columnsText(text.outputs)).toBe(answered)
    expect(judge(oracle, text)).toBeUndefined()
  })

  test.each(dryRuns)('a dry run of %s', (sql, told) => {
    const { outputs, dryRunOutputs = outputs } = governed(sql)
    expect(columnsText(dryRunOutputs)).toBe(told)
  })
})

function columnsText(columns: readonly OutputColumn[]): string {
  return columns.map(({ name, type }) => `${name} ${type && typeText(type)}`).join(', ')
}
