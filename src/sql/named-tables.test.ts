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

  test('have two parts or more', () => {
    expect(named('SELECT * FROM t AS a WHERE EXISTS(SELECT 1 FROM a)')).toEqual(['read t', 'read a'])
  })
})

describe('changes', () => {
  test('write their target, and read it where they have conditions', () => {
    expect(named('INSERT INTO d.t SELECT * FROM u')).toEqual(['write d/t', 'read u'])
    expect(named('DELETE FROM t WHERE TRUE')).toEqual(['read t', 'write t'])
    expect(named('TRUNCATE TABLE t')).toEqual(['truncate t'])
    expect(named('MERGE t USING u ON t.a = u.a WHEN MATCHED THEN DELETE')).toEqual(['read t', 'write t', 'read u'])
  })

  test('know the array paths of their target, and change its arrays without naming a table', () => {
    expect(named('UPDATE d.t AS a SET x = 1 FROM a.items AS i, u WHERE TRUE')).toEqual([
      'read d/t',
      'write d/t',
      'read u',
    ])
    expect(named('UPDATE t SET (DELETE items AS i WHERE EXISTS(SELECT 1 FROM i.parts))')).toEqual(['read t', 'write t'])
  })
})

test('a table of each place of a query is found, once', () => {
  const sql = `SELECT (SELECT 1 FROM a), * FROM b JOIN c ON EXISTS(SELECT 1 FROM d), f(TABLE e, (FROM a))
    WHERE x IN (FROM g) GROUP BY x HAVING x > (FROM h) QUALIFY x = (FROM i) ORDER BY (FROM j)
    |> WHERE x = (FROM k) |> UNION ALL (FROM l)`
  const tables = named(sql)
  expect(tables.map(table => table.replace('read ', '')).sort()).toEqual('a b c d e g h i j k l'.split(' '))
})
