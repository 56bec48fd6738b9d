import { expect, test } from 'vitest'
import { parseStatement } from '../../googlesql/parse/parse.ts'
import { print } from '../../googlesql/print/print.ts'
import { limitRows } from './row-limit.ts'

function limited(sql: string): string {
  const statement = parseStatement(sql)
  if (statement.kind !== 'QueryStatement') throw new Error('not a query')
  return print(limitRows(statement.query, 10, [{ name: 'n', type: { kind: 'scalar', name: 'INT64' }, value: '3' }]))
}

test.each([
  ['SELECT 1', 'SELECT 1 LIMIT 10'],
  ['SELECT 1 LIMIT 3', 'SELECT 1 LIMIT 3'],
  ['SELECT 1 LIMIT 30', 'SELECT 1 LIMIT 10'],
  ['SELECT 1 LIMIT @n', 'SELECT 1 LIMIT @n'],
  ['SELECT 1 LIMIT v', 'SELECT 1 LIMIT `v` |> LIMIT 10'],
  ['FROM t', 'FROM `t` |> LIMIT 10'],
])('at most ten rows of %s', (sql, bounded) => {
  expect(limited(sql)).toBe(bounded)
})
