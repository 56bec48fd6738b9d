import { expect, test } from 'vitest'
import { tableQuery } from './table-query.ts'

const table = { project: 'acme-prod', dataset: 'crm', table: 'orders' }

test('rows of a table are a query', () => {
  expect(tableQuery({ table })).toBe('SELECT * FROM `acme-prod.crm.orders`')
  expect(tableQuery({ table, columns: ['id', 'region'], condition: 'id > 1 -- all' })).toBe(
    'SELECT `id`, `region` FROM `acme-prod.crm.orders` WHERE (id > 1 -- all\n)',
  )
  expect(tableQuery({ table, asOf: '2024-01-01T00:00:00Z', samplePercent: 10 })).toBe(
    'SELECT * FROM `acme-prod.crm.orders` FOR SYSTEM_TIME AS OF TIMESTAMP "2024-01-01T00:00:00Z" TABLESAMPLE SYSTEM (10 PERCENT)',
  )
})

test.each([
  'TRUE) UNION ALL (SELECT * FROM hr.salaries WHERE TRUE',
  'TRUE) GROUP BY id HAVING (TRUE',
  'TRUE) ORDER BY (id',
  'TRUE) LIMIT (1',
  'TRUE) |> WHERE (TRUE',
  'TRUE) QUALIFY (TRUE',
  'TRUE); SELECT (1',
])('a condition that goes on as more than one is refused: %s', condition => {
  expect(() => tableQuery({ table, condition })).toThrow(/one condition|could not be parsed/)
})
