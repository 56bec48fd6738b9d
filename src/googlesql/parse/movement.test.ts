import { describe, expect, test } from 'vitest'
import { canonical, refusal } from '../../../test/fakes/read-statement.ts'

describe('GRANT and REVOKE', () => {
  test.each([
    [
      "grant `roles/a`, `roles/b` on schema d to 'user:x', @y",
      "GRANT `roles/a`, `roles/b` ON SCHEMA `d` TO 'user:x', @y",
    ],
    ["grant select(a, b.c) on t to 'x'", "GRANT `select` (`a`, `b`.`c`) ON `t` TO 'x'"],
    ["revoke all on table table from 'x'", "REVOKE ALL PRIVILEGES ON TABLE `table` FROM 'x'"],
    ["revoke `r` on materialized view v from 'x'", "REVOKE `r` ON MATERIALIZED VIEW `v` FROM 'x'"],
    ["grant `r` on view to 'x'", "GRANT `r` ON `view` TO 'x'"],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('say who may be granted something', () => {
    expect(refusal('grant `r` on t to x')).toEqual([19, 'a string or a parameter'])
    expect(refusal("grant `r` on t from 'x'")).toEqual([16, 'TO'])
  })
})

describe('EXPORT and LOAD DATA', () => {
  test.each([
    [
      "export data with connection p.us.c options(uri = 'x') as select 1",
      "EXPORT DATA WITH CONNECTION `p`.`us`.`c` OPTIONS(uri = 'x') AS SELECT 1",
    ],
    ['export model d.m options()', 'EXPORT MODEL `d`.`m` OPTIONS()'],
    ['export table metadata from p-1.d.t', 'EXPORT TABLE METADATA FROM `p-1`.`d`.`t`'],
    [
      "load data overwrite d.t (a int64) overwrite partitions (b = 1) partition by b cluster by a options(x = 1) from files (format = 'CSV') with partition columns with connection c",
      "LOAD DATA OVERWRITE `d`.`t` (`a` INT64) OVERWRITE PARTITIONS (`b` = 1) PARTITION BY `b` CLUSTER BY `a` OPTIONS(x = 1) FROM FILES(format = 'CSV') WITH PARTITION COLUMNS WITH CONNECTION `c`",
    ],
    ['load data into temp table t from files ()', 'LOAD DATA INTO TEMP TABLE `t` FROM FILES()'],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('say what is missing', () => {
    expect(refusal('export data options()')).toEqual([22, 'AS'])
    expect(refusal('export view metadata from v')).toEqual([8, 'TABLE'])
    expect(refusal('load data into t')).toEqual([17, 'FROM'])
  })
})

describe('CALL, EXECUTE IMMEDIATE and ASSERT', () => {
  test.each([
    ['call d.p(1, x => 2, (select 3))', 'CALL `d`.`p`(1, x => 2, (SELECT 3))'],
    [
      "execute immediate 'select ' || @x into a, b using 1 as c, 2",
      "EXECUTE IMMEDIATE 'select ' || @x INTO a, b USING 1 AS c, 2",
    ],
    ["assert exists(select 1) as 'so' ' it is'", "ASSERT EXISTS(SELECT 1) AS 'so it is'"],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('say what is missing', () => {
    expect(refusal('call p')).toEqual([7, '"("'])
    expect(refusal('execute immediate select 1')).toEqual([19, 'an expression'])
    expect(refusal('assert true as x')).toEqual([16, 'a string literal'])
  })
})
