import { describe, expect, test } from 'vitest'
import { SyntaxFailure } from '../syntax-failure.ts'
import { parseScript } from './parse.ts'

function hintFor(text: string): string | undefined {
  try {
    parseScript(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return thrown.hint
    throw thrown
  }
  throw new Error('it parsed')
}

describe('a habit of another dialect is answered with what GoogleSQL has', () => {
  test.each([
    ['SELECT a::INT64 FROM t', 'CAST(value AS type)'],
    ['SELECT a FROM t WHERE id = :id', '@name'],
    ['SELECT a FROM t WHERE id = $1', '@name'],
    ["SELECT a FROM t WHERE a ILIKE 'x'", 'LOWER(value) LIKE'],
    ['SELECT DISTINCT ON (a) a FROM t', 'QUALIFY'],
    ['SELECT SUM(a) FILTER (WHERE a > 1) FROM t', 'COUNTIF'],
    ["SELECT STRING_AGG(a, ',') WITHIN GROUP (ORDER BY a) FROM t", 'inside of the call'],
    ['SELECT a FROM t FETCH FIRST 5 ROWS ONLY', 'LIMIT count'],
    ['SELECT a FROM t LIMIT 5, 10', 'LIMIT count'],
    ['SELECT TOP 5 a FROM t', 'LIMIT count'],
    ['SELECT a FROM t LATERAL VIEW explode(b) x', 'UNNEST'],
    ['SELECT a FROM t ORDER a', 'followed by BY'],
    ['SELECT t."a" FROM t', 'backticks'],
    ["SELECT 'it''s'", "\\'"],
    ["SELECT a - INTERVAL '1 day' FROM t", 'INTERVAL 1 DAY'],
    ['SHOW TABLES', 'INFORMATION_SCHEMA'],
    ['USE crm', 'dataset.table'],
    ['DESC t', 'INFORMATION_SCHEMA'],
    ['EXPLAIN SELECT 1', 'dry run'],
    ['ANALYZE t', 'statistics'],
    ['TABLE t', 'SELECT * FROM'],
    ['RENAME TABLE t TO u', 'RENAME TO'],
    ['CLONE DATA INTO t FROM u', 'CLONE table'],
    ['DEFINE TABLE t (a = 1)', 'dataset.name'],
    ['IMPORT MODULE a.b', 'dataset.name'],
    ['CREATE OR REPLACE SEQUENCE s', 'GENERATE_UUID'],
    ['GRAPH g MATCH (a) RETURN a', 'Graph queries are not served'],
    ['SELECT * FROM GRAPH_TABLE(g MATCH (a) COLUMNS (a.b))', 'Graph queries are not served'],
  ])('%s', (text, part) => {
    expect(hintFor(text)).toContain(part)
  })
})

test('other mistakes keep the hint of their own place', () => {
  expect(hintFor('SELECT order FROM t')).toContain('reserved word')
  expect(hintFor('SELECT 1 SELECT 2')).toBe('Statements are separated by semicolons.')
})
