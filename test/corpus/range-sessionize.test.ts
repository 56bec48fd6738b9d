import { beforeAll, expect, test } from 'vitest'
import type { CatalogTable } from '../../src/model/catalog.ts'
import type { Decision } from '../../src/model/decision.ts'
import { Failure } from '../../src/model/failure.ts'
import { govern } from '../../src/sql/govern.ts'
import { googlesqlReferenceFiles } from '../../src/tools/googlesql-reference.ts'
import { judge, type Oracle, openOracle } from '../../src/verification/oracle.ts'
import { allowAll } from '../measure/recorded.ts'
import { understandText } from '../measure/understand-text.ts'
import { columnsOf } from '../measure/world-catalog.ts'

const stays: CatalogTable = {
  ref: { project: 'acme-prod', dataset: 'crm', table: 'stays' },
  ...{ kind: 'table', etag: '1', labels: {}, pseudoColumns: [] },
  columns: columnsOf('guest STRING, region STRING, stay RANGE<DATE>'),
}
const id = 'acme-prod.crm.stays'
const europe = { condition: { type: 'field', operator: 'eq', field: 'region', value: 'EU' }, guard: false } as const
const decision = {
  ...allowAll,
  masks: new Map([[id, new Map([['guest', { kind: 'sha256' }]])]]),
  rowFilters: new Map([[id, [europe]]]),
} as unknown as Decision

let oracle: Oracle
beforeAll(async () => {
  oracle = await openOracle(googlesqlReferenceFiles())
})

test.each([
  [
    "SELECT guest, session_range FROM RANGE_SESSIONIZE(TABLE crm.stays, 'stay', ['guest'], 'OVERLAPS')",
    "SELECT `guest`, `session_range` FROM RANGE_SESSIONIZE(TABLE `_sl1`, 'stay', ['guest'], 'OVERLAPS')",
  ],
  [
    "WITH s AS (SELECT * FROM crm.stays) SELECT * FROM RANGE_SESSIONIZE(TABLE s, 'stay', ['guest']) AS r",
    "SELECT * FROM RANGE_SESSIONIZE(TABLE `s`, 'stay', ['guest']) AS `r`",
  ],
])('the table of RANGE_SESSIONIZE is masked and filtered: %s', (sql, end) => {
  const analyzed = understandText(sql, [stays], { project: 'acme-prod' })
  if (analyzed instanceof Failure) throw analyzed
  const uses = analyzed.statement.tables[0]?.columns.find(({ name }) => name === 'guest')?.uses
  expect(uses).toContain('window')
  const governed = govern(analyzed, decision)
  expect(governed.text).toContain("TO_HEX(SHA256(`guest`)) AS `guest`, `region` AS `region`, `stay` AS `stay`")
  expect(governed.text.endsWith(end)).toBe(true)
  expect(judge(oracle, governed)).toBeUndefined()
})
