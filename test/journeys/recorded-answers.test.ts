import { expect, test } from 'vitest'
import type { RecordedCase } from '../measure/recorded-cases.ts'
import { measureAnswers } from '../measure/warehouse-answers.ts'

/** The corpus's placeholder. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the corpus writes it so
const dataset = '`${DATASET}`'
const made = `CREATE TABLE ${dataset}.t (id INT64, name STRING); INSERT INTO ${dataset}.t VALUES (1, "a"), (2, NULL);`
const id = { name: 'id', type: 'INTEGER', mode: 'NULLABLE' }
const name = { name: 'name', type: 'STRING', mode: 'NULLABLE' }

/** Each as BigQuery answers it, but for the last. */
const cases: readonly RecordedCase[] = [
  {
    ...{ id: 'twice', setup: made, sql: `SELECT id, name, id FROM ${dataset}.t ORDER BY name` },
    schema: [id, name, { ...id, name: 'id_1' }],
    rows: [
      { id: 2, name: null, id_1: 2 },
      { id: 1, name: 'a', id_1: 1 },
    ],
  },
  { id: 'change', setup: made, sql: `UPDATE ${dataset}.t SET name = "b" WHERE id = 2`, schema: [], rows: [] },
  { id: 'definition', sql: `CREATE TABLE ${dataset}.n (id INT64, name STRING)`, schema: [id, name], rows: [] },
  {
    ...{ id: 'parameter', sql: 'SELECT @id + 1 AS id', schema: [id], rows: [{ id: 6 }] },
    parameters: { mode: 'named', parameters: [{ name: 'id', type: 'INT64', value: 5 }] },
  },
  { id: 'script', sql: 'DECLARE x INT64 DEFAULT 1; SELECT x AS id', schema: [id], rows: [{ id: 1 }] },
  { id: 'dynamic', sql: "EXECUTE IMMEDIATE CONCAT('SELECT ', '1 AS id')", schema: [id], rows: [{ id: 1 }] },
]

test("under a policy that grants everything, an answer is the warehouse's own, or a refusal that names its reason", async () => {
  const findings = await measureAnswers(cases)
  expect(findings.slice(0, -1)).toEqual(
    cases.slice(0, -1).map(({ id }) => ({ id, equal: true, why: '', asRecorded: 'both' })),
  )
  expect(findings.at(-1)).toMatchObject({
    id: 'dynamic',
    equal: false,
    why: expect.stringContaining('EXECUTE IMMEDIATE'),
  })
}, 180_000)
