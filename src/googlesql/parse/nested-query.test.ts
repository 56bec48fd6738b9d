import { describe, expect, test } from 'vitest'
import { canonical } from '../../../test/fakes/read-statement.ts'

describe('a query in two parentheses', () => {
  test.each([
    ['select * from ((select 1) as a union all (select 2) as b)', '((SELECT 1) AS `a` UNION ALL (SELECT 2) AS `b`)'],
    ['select * from ((select 1) as a)', '((SELECT 1) AS `a`)'],
    ['select * from ((select 1) as a |> where true)', '((SELECT 1) AS `a` |> WHERE TRUE)'],
    ['select * from ((select 1) order by 1)', '((SELECT 1) ORDER BY 1)'],
  ])('begins a larger query, with or without a name: %s', (sql, from) => {
    expect(canonical(sql)).toBe(`SELECT * FROM ${from}`)
  })

  test('is a table where a join or an operator follows its name', () => {
    expect(canonical('select * from ((select 1) as a left join t using (k))')).toBe(
      'SELECT * FROM ((SELECT 1) AS `a` LEFT JOIN `t` USING (`k`))',
    )
  })

  test('is a value where the name is that of an argument', () => {
    expect(canonical('select struct((select 1) as a), ((select 2)) as b')).toBe(
      'SELECT STRUCT((SELECT 1) AS `a`), ((SELECT 2)) AS `b`',
    )
  })
})
