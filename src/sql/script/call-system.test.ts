import { expect, test } from 'vitest'
import { allowAll } from '../../../test/measure/recorded.ts'
import { understandText } from '../../../test/measure/understand-text.ts'
import type { CatalogTable, RelationKind } from '../../model/catalog.ts'
import type { Decision } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import type { Analyzed } from '../analyze.ts'
import { govern } from '../govern.ts'

const relation = (table: string, kind: RelationKind): CatalogTable => ({
  ...{ ref: { project: 'p', dataset: 'd', table }, kind, etag: '1', labels: {}, pseudoColumns: [] },
  columns: [{ name: 'id', type: { kind: 'scalar', name: 'INT64' }, tags: {} }],
})
const tables = [relation('mv', 'materialized_view'), relation('outside', 'external'), relation('users', 'table')]

function understood(sql: string): Analyzed {
  const analyzed = understandText(sql, tables, { project: 'p' })
  if (analyzed instanceof Failure) throw analyzed
  return analyzed
}

test.each([
  ["CALL BQ.REFRESH_MATERIALIZED_VIEW('d.mv')", 'p.d.mv materialized_view write'],
  ["CALL bq.refresh_external_metadata_cache('p.d.outside')", 'p.d.outside external alter'],
])('%s is what it does to the relation, for the policy to grant', (sql, access) => {
  const { tables: named, class: statementClass, features } = understood(sql).statement
  expect(named.map(table => `${table.id} ${table.kind} ${table.access}`)).toEqual([access])
  expect({ statementClass, features }).toEqual({ statementClass: 'call', features: ['multi_statement'] })
})

test('the relation is called by its complete name, also where a script makes it', () => {
  const call = govern(understood("CALL BQ.REFRESH_MATERIALIZED_VIEW('d.mv')"), allowAll as Decision)
  expect(call.text.replaceAll('`', '')).toBe("CALL BQ.REFRESH_MATERIALIZED_VIEW('p.d.mv')")
  const made = "CREATE MATERIALIZED VIEW d.new AS SELECT id FROM d.users; CALL BQ.REFRESH_MATERIALIZED_VIEW('d.new')"
  expect(govern(understood(made), allowAll as Decision).text).toContain("REFRESH_MATERIALIZED_VIEW`('p.d.new')")
})

test.each([
  ["CALL BQ.REFRESH_MATERIALIZED_VIEW('d.users')", 'query_invalid', 'p.d.users is none'],
  ["CALL BQ.REFRESH_MATERIALIZED_VIEW('d.nothing')", 'unknown_name', 'There is no table p.d.nothing'],
  ["CALL BQ.REFRESH_MATERIALIZED_VIEW(CONCAT('d.', 'mv'))", 'statement_unsupported', 'is not served'],
  ["CALL BQ.REFRESH_MATERIALIZED_VIEW('d.mv', 'd.mv')", 'statement_unsupported', 'is not served'],
  ["CALL BQ.JOBS.CANCEL('job_1')", 'statement_unsupported', 'BQ.JOBS.CANCEL is not served'],
])('%s is refused as %s', (sql, code, message) => {
  const refusal = understandText(sql, tables, { project: 'p' })
  expect(refusal).toMatchObject({ code, message: expect.stringContaining(message) })
})
