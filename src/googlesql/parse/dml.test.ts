import { describe, expect, test } from 'vitest'
import { canonical, refusal } from '../../../test/fakes/read-statement.ts'

describe('INSERT', () => {
  test('takes rows with DEFAULT, a query, and a query in parentheses', () => {
    expect(canonical('insert t (a, b) values (1, default), (2, 3)')).toBe(
      'INSERT INTO `t` (`a`, `b`) VALUES (1, DEFAULT), (2, 3)',
    )
    expect(canonical('insert into p-1.d.t with q as (select 1) select * from q')).toBe(
      'INSERT INTO `p-1`.`d`.`t` WITH `q` AS (SELECT 1) SELECT * FROM `q`',
    )
    expect(canonical('insert into t ((select 1) union all (select 2))')).toBe(
      'INSERT INTO `t` ((SELECT 1) UNION ALL (SELECT 2))',
    )
  })

  test('knows a table whose name is a word of the statement', () => {
    expect(canonical('insert values (a) values (1)')).toBe('INSERT INTO `values` (`a`) VALUES (1)')
    expect(canonical('insert or ignore into replace select 1')).toBe('INSERT OR IGNORE INTO `replace` SELECT 1')
    expect(canonical('insert replace.t values (1)')).toBe('INSERT INTO `replace`.`t` VALUES (1)')
  })

  test('asserts a count that is written out, and nothing computed', () => {
    expect(canonical('insert t values (1) assert_rows_modified @n')).toBe(
      'INSERT INTO `t` VALUES (1) ASSERT_ROWS_MODIFIED @n',
    )
    expect(refusal('insert t values (1) assert_rows_modified x')).toEqual([42, 'an integer or a parameter'])
  })

  test('says where rows or a query are missing', () => {
    expect(refusal('insert into t (a, b)')).toEqual([21, 'VALUES or a query'])
    expect(refusal('insert into t () select 1')).toEqual([16, 'an identifier'])
    expect(refusal('insert into t (a.b) select 1')).toEqual([17, '")"'])
  })
})

describe('UPDATE', () => {
  test('assigns columns, fields and elements, and reads from other tables', () => {
    expect(
      canonical('update t a set a.x = default, b[0][offset(1)].c = 2 from u join v using (k) where a.k = u.k'),
    ).toBe(
      'UPDATE `t` AS `a` SET `a`.`x` = DEFAULT, `b`[0][OFFSET(1)].`c` = 2 ' +
        'FROM `u` INNER JOIN `v` USING (`k`) WHERE `a`.`k` = `u`.`k`',
    )
  })

  test('nests statements on arrays, to a counted depth', () => {
    expect(canonical('update t set (delete a.x as na where na = 1), (insert b values (5))')).toBe(
      'UPDATE `t` SET (DELETE FROM `a`.`x` AS `na` WHERE `na` = 1), (INSERT INTO `b` VALUES (5))',
    )
    const deep = `${'update t set ('.repeat(300)}delete x${')'.repeat(300)}`
    expect(refusal(deep)).toEqual([expect.any(Number), 'at most 200 levels of nesting'])
  })

  test('refuses what cannot be assigned', () => {
    expect(refusal('update t set f(x) = 5')).toEqual([14, 'a column, a field or an element'])
    expect(refusal('update t set x.f() = 5')).toEqual([14, 'a column, a field or an element'])
    expect(refusal('update t set (a.b) = 5')).toEqual([15, 'DELETE or INSERT or UPDATE'])
    expect(refusal('update t set x = default + 1')).toEqual([26, 'the end of the statement'])
    expect(refusal('update t where true')).toEqual([10, 'SET'])
  })
})

describe('DELETE and TRUNCATE', () => {
  test('take an alias, a condition and what to return', () => {
    expect(canonical('delete p.d.t as x where x.a > 1 then return with action as act *')).toBe(
      'DELETE FROM `p`.`d`.`t` AS `x` WHERE `x`.`a` > 1 THEN RETURN WITH ACTION AS `act` *',
    )
    expect(canonical('truncate table p-1.d.t')).toBe('TRUNCATE TABLE `p-1`.`d`.`t`')
  })

  test('say what does not belong to them', () => {
    expect(refusal('delete t where true assert rows modified 5')).toEqual([21, 'the end of the statement'])
    expect(refusal('truncate t')).toEqual([10, 'TABLE'])
  })
})

describe('MERGE', () => {
  test('takes every kind of match and action', () => {
    const sql = `merge d.t as x using (select * from s) s on x.k = s.k
      when matched and s.gone then delete when matched then update set v = s.v
      when not matched then insert (k, v) values (s.k, default)
      when not matched by source then insert row`
    expect(canonical(sql)).toBe(
      'MERGE INTO `d`.`t` AS `x` USING (SELECT * FROM `s`) AS `s` ON `x`.`k` = `s`.`k` ' +
        'WHEN MATCHED AND `s`.`gone` THEN DELETE WHEN MATCHED THEN UPDATE SET `v` = `s`.`v` ' +
        'WHEN NOT MATCHED BY TARGET THEN INSERT (`k`, `v`) VALUES (`s`.`k`, DEFAULT) ' +
        'WHEN NOT MATCHED BY SOURCE THEN INSERT ROW',
    )
  })

  test('refuses a join or a table function as its source, and a merge without a clause', () => {
    expect(refusal('merge t using (a join b using (k)) on x when matched then delete')).toEqual([
      15,
      'a table or a query in parentheses',
    ])
    expect(refusal('merge t using f() on x when matched then delete')).toEqual([
      15,
      'a table or a query in parentheses',
    ])
    expect(refusal('merge t using s on a = b')).toEqual([25, 'WHEN'])
  })
})
