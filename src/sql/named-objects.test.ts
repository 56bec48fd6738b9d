import { describe, expect, test } from 'vitest'
import { parseScript } from '../googlesql/parse/parse.ts'
import { namedObjects } from './named-objects.ts'

const named = (sql: string) =>
  namedObjects(parseScript(sql)).map(({ path, kind, access, temporary }) => {
    const name = path.parts.map(part => part.text).join('.')
    return `${access} ${temporary ? 'temporary ' : ''}${kind} ${name}`
  })

describe('a definition', () => {
  test('creates its target and reads what its query names', () => {
    expect(named('CREATE TABLE d.t AS SELECT * FROM d.u')).toEqual(['read unknown d.u', 'create table d.t'])
    expect(named('CREATE SCHEMA d')).toEqual(['create dataset d'])
    expect(named('CREATE MODEL d.m AS SELECT * FROM t')).toEqual(['read unknown t', 'create model d.m'])
  })

  test('of a temporary object says so', () => {
    expect(named('CREATE TEMP TABLE t (a INT64); CREATE TEMP FUNCTION f() AS (1)')).toEqual([
      'create temporary table t',
      'create temporary routine f',
    ])
  })

  test('inside a procedure counts too', () => {
    expect(named('CREATE PROCEDURE p() BEGIN IF TRUE THEN DROP VIEW d.v; END IF; END')).toEqual([
      'create routine p',
      'drop view d.v',
    ])
  })
})

describe('a change of a definition', () => {
  test('names its object, and an index or a policy its table', () => {
    expect(named('ALTER TABLE d.t DROP COLUMN a')).toEqual(['alter table d.t'])
    expect(named('DROP SEARCH INDEX i ON d.t')).toEqual(['alter table d.t'])
    expect(named('ALTER VECTOR INDEX i ON d.t REBUILD')).toEqual(['alter unknown d.t'])
    expect(named('DROP ALL ROW ACCESS POLICIES ON d.t')).toEqual(['alter table d.t'])
    expect(named('ALTER ORGANIZATION SET OPTIONS (a = 1)')).toEqual([])
  })

  test('of rights grants', () => {
    expect(named("GRANT `roles/x` ON SCHEMA d TO 'user:a'")).toEqual(['grant dataset d'])
    expect(named("REVOKE `roles/x` ON VIEW d.v FROM 'user:a'")).toEqual(['grant view d.v'])
  })
})

test('loading writes its target, and exporting what a table is names it', () => {
  expect(named('LOAD DATA INTO d.t FROM FILES ()')).toEqual(['write unknown d.t'])
  expect(named('EXPORT TABLE METADATA FROM d.t')).toEqual(['export unknown d.t'])
})

test('routines and models are read where they are called', () => {
  expect(named('CALL d.p((SELECT 1 FROM t))')).toEqual(['read unknown t', 'read routine d.p'])
  expect(named('SELECT d.f(1), NET.HOST(x) FROM d.g(2)')).toEqual(['read routine d.f', 'read routine d.g'])
  expect(named('SELECT * FROM ML.PREDICT(MODEL d.m, TABLE d.t)')).toEqual(['read unknown d.t', 'read model d.m'])
  expect(named("SELECT * FROM RANGE_SESSIONIZE(TABLE d.t, 'r', ['id'])")).toEqual(['read unknown d.t'])
})
