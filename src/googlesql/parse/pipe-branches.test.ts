import { describe, expect, test } from 'vitest'
import { canonical, refusal } from '../../../test/fakes/read-statement.ts'

describe('pipe operators that branch or end the pipe', () => {
  test.each([
    ['FROM t |> FORK (|> SELECT a), (|> LIMIT 1),', 'FROM `t` |> FORK (|> SELECT `a`), (|> LIMIT 1)'],
    ['FROM t |> TEE |> TEE () |> LOG (|> SELECT a)', 'FROM `t` |> TEE |> TEE () |> LOG (|> SELECT `a`)'],
    [
      'FROM t |> IF a THEN (|> SELECT a) ELSEIF b THEN () ELSE (|> SELECT c)',
      'FROM `t` |> IF `a` THEN (|> SELECT `a`) ELSEIF `b` THEN () ELSE (|> SELECT `c`)',
    ],
    ['FROM t |> describe |> static_describe', 'FROM `t` |> DESCRIBE |> STATIC_DESCRIBE'],
    ['FROM t |> CREATE TEMP TABLE d.x CLUSTER BY a', 'FROM `t` |> CREATE TEMP TABLE `d`.`x` CLUSTER BY `a`'],
    ['FROM t |> INSERT d.x (a, b)', 'FROM `t` |> INSERT INTO `d`.`x` (`a`, `b`)'],
    ['FROM t |> EXPORT DATA OPTIONS (uri = "u")', "FROM `t` |> EXPORT DATA OPTIONS(uri = 'u')"],
  ])('%s', (sql, printed) => {
    expect(canonical(sql)).toBe(printed)
    expect(canonical(printed)).toBe(printed)
  })

  test.each([
    ['FROM t |> FORK', 15, '"("'],
    ['FROM t |> LOG (|> SELECT 1), (|> SELECT 2)', 28, 'the end of the statement'],
    ['FROM t |> IF a THEN (FROM x)', 22, '")"'],
    ['FROM t |> CREATE TABLE x AS SELECT 1', 11, 'CREATE TABLE without AS'],
    ['FROM t |> CREATE VIEW v AS SELECT 1', 11, 'CREATE TABLE without AS'],
  ])('%s is refused', (sql, column, expected) => {
    expect(refusal(sql)).toEqual([column, expected])
  })
})
