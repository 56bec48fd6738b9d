import { describe, expect, test } from 'vitest'
import { parseScript } from '../googlesql/parse/parse.ts'
import { namedPaths } from './named-tables.ts'

const named = (sql: string) =>
  namedPaths(parseScript(sql)).map(({ path, access }) => `${access} ${path.parts.map(part => part.text).join('/')}`)

describe('common tables', () => {
  test('are no tables, in any case of letters, where they are in scope', () => {
    expect(named('WITH a AS (SELECT * FROM t), b AS (SELECT * FROM A) SELECT * FROM b')).toEqual(['read t'])
    expect(named('SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a), a')).toEqual(['read a'])
  })

  test('without RECURSIVE do not see later ones nor themselves; with it all see all', () => {
    expect(named('WITH a AS (SELECT * FROM b), b AS (SELECT * FROM b) SELECT * FROM a')).toEqual(['read b'])
    expect(named('WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a')).toEqual([])
  })

  test('have one part only', () => {
    expect(named('WITH d AS (SELECT 1) SELECT * FROM d.t')).toEqual(['read d/t'])
  })

  test('begin behind a pipe too', () => {
    expect(named('FROM t |> WITH c AS (FROM u) |> JOIN c USING (k)')).toEqual(['read t', 'read u'])
  })
})

describe('array paths', () => {
  test('begin with an alias to the left, or around an expression subquery', () => {
    expect(named('SELECT * FROM d.t, t.items, u.items')).toEqual(['read d/t', 'read u/items'])
    expect(named('SELECT * FROM d.t AS a WHERE EXISTS(SELECT 1 FROM a.items)')).toEqual(['read d/t'])
    expect(named('SELECT * FROM a.items, d.t AS a')).toEqual(['read a/items', 'read d/t'])
  })

  test('cannot begin with a sibling of a subquery in FROM, unless it is lateral', () => {
    expect(named('SELECT * FROM d.t AS a, (SELECT * FROM a.items)')).toEqual(['read d/t', 'read a/items'])
    expect(named('SELECT * FROM d.t AS a, LATERAL (SELECT * FROM a.items)')).toEqual(['read d/t'])
  })

  test('cannot begin with what stands outside of parentheses, in a common table, or before PIVOT', () => {
    expect(named('SELECT * FROM d.t AS a, (d.u JOIN a.items ON TRUE)')).toEqual([
      'read d/t',
      'read d/u',
      'read a/items',
    ])
    expect(named('SELECT (WITH c AS (SELECT * FROM a.items) SELECT 1 FROM c) FROM d.t AS a')).toEqual([
      'read d/t',
      'read a/items',
    ])
    expect(named('SELECT * FROM d.t AS a PIVOT(COUNT(*) FOR k IN (1)), a.items')).toEqual(['read d/t', 'read a/items'])
  })

  test('behind a pipe begin with a table of FROM until an operator makes another of it', () => {
    expect(named('FROM d.t AS a |> WHERE EXISTS(FROM a.items)')).toEqual(['read d/t'])
    expect(named('FROM d.t AS a |> SELECT * |> WHERE EXISTS(FROM a.items)')).toEqual(['read d/t', 'read a/items'])
    expect(named('FROM d.t AS a |> AS b |> WHERE EXISTS(FROM b.items, a.items)')).toEqual(['read d/t', 'read a/items'])
    expect(named('SELECT * FROM d.t AS a |> WHERE EXISTS(FROM a.items)')).toEqual(['read d/t', 'read a/items'])
  })

  test('have two parts or more', () => {
    expect(named('SELECT * FROM t AS a WHERE EXISTS(SELECT 1 FROM a)')).toEqual(['read t', 'read a'])
  })

  test('are no TABLE arguments, which are tables whatever stands to their left', () => {
    expect(named('SELECT * FROM d.t AS a, f(TABLE a.items)')).toEqual(['read d/t', 'read a/items'])
  })

  test('have queries in all that UNNEST holds', () => {
    expect(named('SELECT * FROM UNNEST([1], [2], mode => (SELECT x FROM d.t))')).toEqual(['read d/t'])
  })
})

describe('changes', () => {
  test('write their target, and read it where they have conditions', () => {
    expect(named('INSERT INTO d.t SELECT * FROM u')).toEqual(['write d/t', 'read u'])
    expect(named('DELETE FROM t WHERE TRUE')).toEqual(['read t', 'write t'])
    expect(named('TRUNCATE TABLE t')).toEqual(['truncate t'])
    expect(named('MERGE t USING u ON t.a = u.a WHEN MATCHED THEN DELETE')).toEqual(['read t', 'write t', 'read u'])
  })

  test('do not show their target to the tables beside it', () => {
    expect(named('UPDATE d.t AS a SET x = 1 FROM a.items WHERE TRUE')).toEqual([
      'read d/t',
      'write d/t',
      'read a/items',
    ])
    expect(named('MERGE d.t AS a USING a.items ON TRUE WHEN MATCHED THEN DELETE')).toEqual([
      'read d/t',
      'write d/t',
      'read a/items',
    ])
    expect(named('INSERT d.t SELECT * FROM t.items')).toEqual(['write d/t', 'read t/items'])
  })

  test('show in a MERGE clause the sides that have a row', () => {
    const clause = (when: string) =>
      named(`MERGE d.t a USING d.u b ON TRUE WHEN ${when} AND EXISTS(FROM a.x, b.y) THEN DELETE`).slice(3)
    expect(clause('MATCHED')).toEqual([])
    expect(clause('NOT MATCHED')).toEqual(['read a/x'])
    expect(clause('NOT MATCHED BY SOURCE')).toEqual(['read b/y'])
  })

  test('know the array paths of their target, and change its arrays without naming a table', () => {
    expect(named('UPDATE d.t AS a SET x = 1 FROM u WHERE EXISTS(FROM a.items)')).toEqual([
      'read d/t',
      'write d/t',
      'read u',
    ])
    expect(named('UPDATE t SET (DELETE items AS i WHERE EXISTS(SELECT 1 FROM i.parts))')).toEqual(['read t', 'write t'])
  })
})

describe('definitions', () => {
  test('read what they copy, and look at or change the tables they lean on; their own target is not among them', () => {
    expect(named('CREATE TABLE t CLONE d.u')).toEqual(['read d/u'])
    expect(named('CREATE TABLE t LIKE d.u')).toEqual(['metadata d/u'])
    expect(named('CREATE TABLE t (a INT64 REFERENCES d.u (b)) AS SELECT * FROM v')).toEqual(['metadata d/u', 'read v'])
    expect(named("CREATE ROW ACCESS POLICY p ON d.t GRANT TO ('user:a') FILTER USING (a IN (FROM u))")).toEqual([
      'alter d/t',
      'read u',
    ])
    expect(named('ALTER VECTOR INDEX i ON d.t REBUILD')).toEqual(['alter d/t'])
    expect(named('DROP TABLE d.t; ALTER TABLE d.t DROP COLUMN a; LOAD DATA INTO d.t FROM FILES ()')).toEqual([])
  })

  test('have tables of their own: the parameters of a table function, and a recursive view itself', () => {
    expect(named('CREATE TABLE FUNCTION f(a ANY TABLE, b INT64) AS SELECT * FROM A, b')).toEqual(['read b'])
    expect(named('CREATE RECURSIVE VIEW v AS SELECT * FROM v, u')).toEqual(['read u'])
    expect(named('CREATE RECURSIVE VIEW d.v AS SELECT * FROM d, v')).toEqual(['read d', 'read v'])
  })
})

test('queries in the statements of a script are read, wherever they stand', () => {
  const sql = `CREATE PROCEDURE p() BEGIN
      DECLARE x INT64 DEFAULT (SELECT 1 FROM a);
      FOR r IN (SELECT * FROM b) DO WHILE EXISTS(SELECT 1 FROM c) DO SET x = (SELECT 1 FROM d); END WHILE; END FOR;
      CALL q((SELECT 1 FROM e));
    EXCEPTION WHEN ERROR THEN EXECUTE IMMEDIATE 'x' USING (SELECT 1 FROM f); END;
    EXPORT DATA OPTIONS (uri = 'x') AS SELECT * FROM g`
  expect(named(sql).map(table => table.replace('read ', ''))).toEqual('a b c d e f g'.split(' '))
})

test('a table of each place of a query is found, once', () => {
  const sql = `SELECT (SELECT 1 FROM a), * FROM b JOIN c ON EXISTS(SELECT 1 FROM d), f(TABLE e, (FROM a))
    WHERE x IN (FROM g) GROUP BY x HAVING x > (FROM h) QUALIFY x = (FROM i) ORDER BY (FROM j)
    |> WHERE x = (FROM k) |> UNION ALL (FROM l)`
  const tables = named(sql)
  expect(tables.map(table => table.replace('read ', '')).sort()).toEqual('a b c d e g h i j k l'.split(' '))
})

test('a list may be as long as a text can be', () => {
  expect(named(`INSERT t VALUES ${Array(200_000).fill('(1)').join(',')}`)).toEqual(['write t'])
})
