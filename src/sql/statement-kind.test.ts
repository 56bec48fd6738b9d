import { describe, expect, test } from 'vitest'
import { parseScript } from '../googlesql/parse/parse.ts'
import { kindOfScript } from './statement-kind.ts'

const kindOf = (sql: string) => Object.values(kindOfScript(parseScript(sql))).join(' ')

describe('one statement', () => {
  test.each([
    ['SELECT 1', 'SELECT read'],
    ['FROM t |> LIMIT 1', 'SELECT read'],
    ['INSERT t VALUES (1)', 'INSERT write'],
    ['TRUNCATE TABLE t', 'TRUNCATE_TABLE write'],
    ['CREATE TABLE t (a INT64)', 'CREATE_TABLE ddl'],
    ['CREATE TABLE t AS SELECT 1', 'CREATE_TABLE_AS_SELECT ddl'],
    ['CREATE SNAPSHOT TABLE t CLONE u', 'CREATE_SNAPSHOT_TABLE ddl'],
    ['CREATE EXTERNAL TABLE t OPTIONS ()', 'CREATE_EXTERNAL_TABLE ddl'],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1', 'CREATE_MATERIALIZED_VIEW ddl'],
    ['CREATE SEARCH INDEX i ON t (ALL COLUMNS)', 'CREATE_SEARCH_INDEX ddl'],
    ['CREATE AGGREGATE FUNCTION f(a INT64) AS (SUM(a))', 'CREATE_FUNCTION ddl'],
    ['CREATE PROCEDURE p() BEGIN END', 'CREATE_PROCEDURE ddl'],
    ['ALTER MATERIALIZED VIEW v SET OPTIONS ()', 'ALTER_MATERIALIZED_VIEW ddl'],
    ['DROP TABLE FUNCTION f', 'DROP_TABLE_FUNCTION ddl'],
    ['UNDROP SCHEMA s', 'UNDROP_SCHEMA ddl'],
    ["CREATE ROW ACCESS POLICY p ON t GRANT TO ('user:a') FILTER USING (TRUE)", 'CREATE_ROW_ACCESS_POLICY dcl'],
    ['DROP ALL ROW ACCESS POLICIES ON t', 'DROP_ROW_ACCESS_POLICY dcl'],
    ["GRANT `roles/x` ON TABLE t TO 'user:a'", 'GRANT dcl'],
    ['EXPORT DATA OPTIONS () AS SELECT 1', 'EXPORT_DATA export'],
    ['LOAD DATA INTO t FROM FILES ()', 'LOAD_DATA load'],
    ['CALL p()', 'CALL call'],
    ['BEGIN TRANSACTION', 'BEGIN_TRANSACTION transaction'],
    ['ASSERT TRUE', 'ASSERT read'],
    ["EXECUTE IMMEDIATE 'SELECT 1'", 'SCRIPT script'],
    ['DECLARE a INT64', 'SCRIPT script'],
    ['SET a = 1', 'SCRIPT script'],
    ["SET @@dataset_id = 'd'", 'SCRIPT session'],
  ])('%s is %s', (sql, expected) => {
    expect(kindOf(sql)).toBe(expected)
  })
})

test('several statements are a script, even when all of them read', () => {
  expect(kindOf('SELECT 1; SELECT 2')).toBe('SCRIPT script')
})
