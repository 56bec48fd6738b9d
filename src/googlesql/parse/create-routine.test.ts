import { describe, expect, test } from 'vitest'
import { canonical, refusal } from '../../../test/fakes/read-statement.ts'

describe('a function', () => {
  test('in SQL has an expression in parentheses', () => {
    expect(canonical("create temp function f(a int64, b any type, c string default 'x') as ((select a))")).toBe(
      "CREATE TEMP FUNCTION `f`(`a` INT64, `b` ANY TYPE, `c` STRING DEFAULT 'x') AS ((SELECT `a`))",
    )
    expect(canonical('create aggregate function f(a int64, b int64 not aggregate) returns int64 as (sum(a) / b)')).toBe(
      'CREATE AGGREGATE FUNCTION `f`(`a` INT64, `b` INT64 NOT AGGREGATE) RETURNS INT64 AS (sum(`a`) / `b`)',
    )
  })

  test('in another language has a text, with its options before or behind', () => {
    const expected = "CREATE FUNCTION `f`(`a` INT64) RETURNS INT64 LANGUAGE js OPTIONS(x = 1) AS 'return a'"
    expect(canonical("create function f(a int64) returns int64 language js options(x = 1) as r'''return a'''")).toBe(
      expected,
    )
    expect(canonical("create function f(a int64) returns int64 language js as 'return a' options(x = 1)")).toBe(
      expected,
    )
  })

  test('may be remote, or in Python behind a connection', () => {
    expect(canonical('create function f() returns int64 remote with connection p.us.c options(endpoint = @e)')).toBe(
      'CREATE FUNCTION `f`() RETURNS INT64 REMOTE WITH CONNECTION `p`.`us`.`c` OPTIONS(endpoint = @e)',
    )
    expect(canonical("create function f() returns int64 language python with connection c as 'x'")).toBe(
      "CREATE FUNCTION `f`() RETURNS INT64 LANGUAGE python WITH CONNECTION `c` AS 'x'",
    )
  })

  test('says what it cannot take', () => {
    expect(refusal('create function f')).toEqual([18, '"("'])
    expect(refusal('create function f(a int64) as (select 1)')).toEqual([32, expect.any(String)])
    expect(refusal('create function f(any type t) as (1)')).toEqual([28, '")"'])
    expect(refusal('create function f() returns any type as (1)')).toEqual([29, 'a type'])
    expect(refusal('create function f(a int64) as 1')).toEqual([31, '"("'])
  })
})

describe('a table function', () => {
  test('in another language has a text, with its options before or behind the language', () => {
    const expected = "CREATE TABLE FUNCTION `f`(`a` INT64) RETURNS TABLE<`x` INT64> LANGUAGE js OPTIONS(b = 1) AS 'c'"
    const head = 'create table function f(a int64) returns table<x int64>'
    expect(canonical(`${head} options(b = 1) language js as 'c'`)).toBe(expected)
    expect(canonical(`${head} language js options(b = 1) as 'c'`)).toBe(expected)
  })

  test('takes tables, and has a query', () => {
    expect(
      canonical('create table function f(a table<k int64, string>, b any table) returns table<x int64> as (from a)'),
    ).toBe(
      'CREATE TABLE FUNCTION `f`(`a` TABLE<`k` INT64, STRING>, `b` ANY TABLE) RETURNS TABLE<`x` INT64> AS (FROM `a`)',
    )
  })

  test('returns a table only', () => {
    expect(refusal('create table function f() returns int64 as select 1')).toEqual([35, 'TABLE'])
  })
})

describe('a procedure', () => {
  test('has parameters with modes, and a block', () => {
    const sql =
      'create procedure d.p(in a int64, out b string) options(strict_mode = false) begin set b = cast(a as string); end'
    expect(canonical(sql)).toBe(
      'CREATE PROCEDURE `d`.`p`(IN `a` INT64, OUT `b` STRING) OPTIONS(strict_mode = FALSE) ' +
        'BEGIN SET `b` = CAST(`a` AS STRING); END',
    )
  })

  test('in another language has a text, or none', () => {
    expect(canonical("create procedure p() with connection c options() language python as 'x'")).toBe(
      "CREATE PROCEDURE `p`() WITH CONNECTION `c` OPTIONS() LANGUAGE python AS 'x'",
    )
    expect(canonical('create procedure p() external security invoker options() language python')).toBe(
      'CREATE PROCEDURE `p`() EXTERNAL SECURITY INVOKER OPTIONS() LANGUAGE python',
    )
  })

  test('names its parameters, and closes its block', () => {
    expect(refusal('create procedure p(out int64) begin end')).toEqual([29, 'a type'])
    expect(refusal('create procedure p() select 1')).toEqual([22, 'BEGIN'])
    expect(refusal('create procedure p() begin select 1 end')).toEqual([37, '";"'])
  })
})
