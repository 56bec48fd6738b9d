import { expect, test } from 'vitest'
import { SyntaxFailure } from '../syntax-failure.ts'
import { parseGoogleSql } from './parse.ts'

const match = 'SELECT * FROM t MATCH_RECOGNIZE'

test.each([
  'SELECT 1 UNION ALL STRICT BY NAME SELECT 2',
  'SELECT 1 FULL UNION ALL STRICT CORRESPONDING SELECT 2',
  'SELECT a + b.* FROM t',
  'SELECT -a.* FROM t',
  'SELECT 1.5.x()',
  'SELECT x FROM t ORDER BY x COLLATE y',
  'SELECT x FROM t GROUP BY GROUPING SETS (GROUPING SETS (x))',
  'SELECT SUM(x GROUP BY ALL) FROM t',
  'SELECT f(x > 0 -> x)',
  'SELECT @1d',
  'SELECT REPLACE_FIELDS(x, y)',
  'INSERT INTO t SELECT 1 FROM u ON CONFLICT DO NOTHING',
  'FROM t |> EXTEND *',
  'FROM t |> WINDOW *',
  'FROM t |> AGGREGATE *',
  'FROM t |> AGGREGATE t.* ASC',
  'FROM t |> AGGREGATE COUNT(*) NULLS FIRST',
  'FROM t |> TEE ,',
  `${match} (MEASURES a AS b PATTERN (a) DEFINE a AS TRUE)`,
  `${match} (ORDER BY a MEASURES a AS b PATTERN (a{1 + 1}) DEFINE a AS TRUE)`,
  "WITH RECURSIVE a AS (SELECT 1) WITH DEPTH BETWEEN 'x' AND 2 SELECT 1",
  'ALTER TABLE t ALTER COLUMN a SET GENERATED AS (1)',
  'ALTER TABLE t ALTER COLUMN a SET AS IDENTITY()',
  'ALTER TABLE t ALTER COLUMN a SET GENERATED AS IDENTITY() STORED',
  "CREATE TABLE t (a INT64 GENERATED AS IDENTITY(START WITH 'x'))",
  'ALTER TABLE t ALTER COLUMN a SET DATA TYPE STRING DEFAULT x',
  'ALTER INDEX i SET OPTIONS()',
  'CREATE TEMP MATERIALIZED VIEW v AS SELECT 1',
  'CREATE OR REPLACE DATABASE d',
  'CREATE EXTERNAL TABLE FUNCTION OPTIONS()',
  "GRANT select, ALL ON t TO 'x'",
])('what only looks like GoogleSQL is refused: %s', text => {
  expect(() => parseGoogleSql(text)).toThrow(SyntaxFailure)
})

test.each([
  'SELECT 1 UNION ALL STRICT CORRESPONDING SELECT 2',
  'SELECT (a + b).*, (-a).*, a.b.*, f(x).* FROM t',
  "SELECT (1.5).x(), 'a'.x()",
  "SELECT x FROM t ORDER BY x COLLATE 'und:ci' DESC, y COLLATE @p",
  'SELECT x FROM t GROUP BY GROUPING SETS (ROLLUP(x), CUBE(y), (x, y), ())',
  'FROM t |> EXTEND t.* |> AGGREGATE COUNT(*) DESC NULLS LAST, t.*',
  `${match} (ORDER BY a MEASURES a AS b PATTERN (a{@x, 2}) DEFINE a AS TRUE)`,
  "ALTER TABLE t ALTER COLUMN a SET GENERATED AS IDENTITY(START WITH -1 MAXVALUE NUMERIC '9')",
  'ALTER TABLE t ALTER COLUMN a SET DATA TYPE STRING(10) NOT NULL',
  'ALTER SEARCH INDEX i ON t SET OPTIONS()',
  'CREATE TABLE t (a AS IDENTITY(START WITH 1), b INT64 AS IDENTITY())',
])('what is beside it is read: %s', text => {
  expect(() => parseGoogleSql(text)).not.toThrow()
})
