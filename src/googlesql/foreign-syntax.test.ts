import { describe, expect, test } from 'vitest'
import { type ForeignSyntax, foreignSyntax } from './foreign-syntax.ts'
import { parseGoogleSql, parseScript } from './parse/parse.ts'
import { print } from './print/print.ts'
import { SyntaxFailure } from './syntax-failure.ts'
import { sameTree } from './walk.ts'

/** Texts of each kind, with the place of what BigQuery lacks marked by `‸`. */
const texts: Readonly<Record<ForeignSyntax, readonly string[]>> = {
  hint: [
    '‸@5 SELECT 1',
    '‸@5 @{a = 1} SELECT 1',
    '‸@{a = 1, b.c = f(2)} INSERT INTO t VALUES (1)',
    'SELECT ‸@{a = 1} DISTINCT x FROM t',
    'SELECT 1 FROM t ‸@{hash = 1} AS u',
    'SELECT 1 FROM f(1) ‸@1 AS u',
    'SELECT 1 FROM UNNEST([1]) ‸@1 AS u WITH OFFSET',
    'SELECT 1 FROM t JOIN ‸@{a = 1} u USING (k)',
    'SELECT 1 FROM t GROUP ‸@1 BY ALL',
    'SELECT 1 FROM t ORDER ‸@1 BY x',
    'SELECT SUM(x ORDER ‸@1 BY y) FROM t',
    'SELECT SUM(x) ‸@1 OVER (PARTITION BY y) FROM t',
    'SELECT SUM(x) OVER (PARTITION ‸@1 BY y ORDER BY z) FROM t',
    'SELECT SUM(AVG(x) GROUP ‸@1 BY y) FROM t',
    'SELECT x IN ‸@1 (SELECT 1)',
    'SELECT x LIKE ANY ‸@1 (SELECT 1)',
    'SELECT EXISTS ‸@1 (SELECT 1)',
    'SELECT 1 UNION ‸@{a = 1} ALL SELECT 2',
    'INSERT INTO t ‸@1 (a) VALUES (1)',
    'UPDATE t ‸@1 AS u SET a = 1 WHERE TRUE',
    'DELETE FROM t ‸@1 WHERE TRUE',
    'FROM t |> INSERT INTO u ‸@1 (a)',
    'FROM t |> ORDER ‸@1 BY x',
    'FROM t |> AGGREGATE COUNT(*) GROUP ‸@1 AND ORDER BY x',
    'FROM t |> UNION ‸@1 ALL (SELECT 1)',
    'FROM t |> CALL f(1) ‸@1 AS u',
    'FROM t |> FORK ‸@1 (|> WHERE x), (|> WHERE y)',
    'FROM t |> IF ‸@1 TRUE THEN (|> WHERE x)',
  ],
  joinMethod: [
    'SELECT 1 FROM t ‸HASH JOIN u ON TRUE',
    'SELECT 1 FROM t LEFT ‸LOOKUP JOIN u ON TRUE',
    'FROM t |> CROSS ‸HASH JOIN u',
  ],
  message: ['SELECT ‸NEW a.b.M(1 AS x, 2 AS (p.q), 3)', 'SELECT ‸NEW a.`b c`.M()', 'SELECT ‸NEW M {x: 1}'],
  braces: [
    'SELECT ‸{x: 1, y {z: 2} (a.b): 3 (a.b).c: 4, d.e: 5, f?: 6 g*: [7],}',
    'SELECT ‸STRUCT {x: 1}',
    'SELECT ‸STRUCT<x INT64> {x: 1}',
    'UPDATE t SET x = ‸{} WHERE TRUE',
  ],
  extension: ['SELECT x.‸(a.b.c).d', 'SELECT f(x).‸(a).y[0]', 'SELECT x.y.‸(a.b).(c)'],
  selectAs: ['SELECT AS ‸a.b.M 1 AS x', 'SELECT AS ‸`value` 1', 'FROM t |> SELECT AS ‸M x'],
  tableCall: ['SELECT * FROM f(‸TABLE g(1, TABLE t))'],
  inputTable: ['FROM t |> CALL f(‸INPUT TABLE)', 'SELECT f(name => ‸INPUT TABLE)'],
  lambdaParameter: ['SELECT f(‸a.b -> 1)', 'SELECT f(‸(e, i > 0) -> e)'],
  unnestArrays: ['SELECT x IN ‸UNNEST([1], [2])'],
  unnestMode: ["SELECT x IN ‸UNNEST([1], mode => 'STRICT')"],
  replacedField: [
    'SELECT REPLACE_FIELDS(x, 0 AS ‸a.b, 1 AS c)',
    'SELECT replace_fields(x, 0 AS ‸(a.b).c, 1 AS d.(e))',
    'SELECT REPLACE_FIELDS(x, 0 AS ‸a[OFFSET(0)])',
    'SELECT (x).REPLACE_FIELDS(0 AS ‸a)',
  ],
  lock: [
    'SELECT a FROM t LIMIT 1 ‸FOR UPDATE',
    'SELECT a FROM t AS u ‸FOR UPDATE',
    'SELECT (SELECT 1 ‸FOR UPDATE)',
    'SELECT a FROM t FOR SYSTEM_TIME AS OF x ‸FOR UPDATE',
    '(SELECT 1 ‸FOR UPDATE) UNION ALL SELECT 2',
    'FROM t ‸FOR UPDATE |> WHERE x',
    'SELECT * FROM ((SELECT 1) ‸FOR UPDATE)',
  ],
  onConflict: [
    'INSERT INTO t (a) VALUES (1) ‸ON CONFLICT DO NOTHING ASSERT_ROWS_MODIFIED 1',
    'INSERT INTO t (SELECT 1 FROM u JOIN v ON TRUE) ‸ON CONFLICT (a, b) DO UPDATE SET a = 1, b = 2 WHERE c THEN RETURN a',
    'INSERT INTO t VALUES (1) ‸ON CONFLICT ON UNIQUE CONSTRAINT k DO NOTHING',
    'FROM t |> INSERT OR IGNORE INTO u (a) ‸ON CONFLICT DO NOTHING THEN RETURN a',
  ],
  uniqueIndex: ['CREATE ‸UNIQUE SEARCH INDEX i ON t (a)', 'CREATE ‸UNIQUE VECTOR INDEX i ON t (a)'],
  mapType: [
    'SELECT CAST(x AS ‸MAP<STRING, ARRAY<INT64>>)',
    'CREATE FUNCTION f(x ‸MAP<STRING(10), STRUCT<INT64>>) AS (x)',
  ],
  functionBody: ["CREATE FUNCTION f() AS ‸'x'", 'CREATE FUNCTION f() LANGUAGE sql AS ‸(1)'],
  functionType: [
    'CREATE FUNCTION f(x ‸FUNCTION<INT64 -> BOOL>) AS (x(1))',
    'CREATE FUNCTION f(x ‸FUNCTION<(INT64, ARRAY<STRING>) -> BOOL>) AS (x(1))',
    'CREATE FUNCTION f(x ‸FUNCTION<() -> BOOL>) AS (x())',
  ],
  parameterAlias: ['DROP FUNCTION f(x INT64 ‸AS y)', 'DROP FUNCTION f(INT64 ‸AS y)'],
  grantKind: ["GRANT x ON ‸script a.b TO 'c'", "REVOKE x ON ‸other thing a.b FROM 'c'"],
  typeParameter: ['DECLARE x NUMERIC(‸1e3, 4)'],
  collation: ['ALTER TABLE t ADD COLUMN c STRING COLLATE ‸@x'],
}

const cases = Object.entries(texts).flatMap(([syntax, marked]) =>
  marked.map(text => ({ syntax: syntax as ForeignSyntax, marked: text, text: text.replace('‸', '') })),
)

describe('what GoogleSQL has and BigQuery lacks', () => {
  test.each(cases)('is refused by its name and its place: $text', ({ syntax, marked, text }) => {
    const refused = refusal(text)
    expect(refused.message).toContain(foreignSyntax[syntax].what)
    expect(refused.hint).toBe(foreignSyntax[syntax].instead)
    expect(refused.offset).toBe(marked.indexOf('‸'))
  })

  test.each(cases)('is read, and printed as a text that means the same tree: $text', ({ text }) => {
    const tree = parseGoogleSql(text)
    const printed = print(tree)
    expect(sameTree(parseGoogleSql(printed), tree), printed).toBe(true)
    expect(refusal(printed)).toBeInstanceOf(SyntaxFailure)
  })

  test.each(['@1 BEGIN SELECT 1; END', '@{a = 1} IF TRUE THEN SELECT 1; END IF', '@1 @1 SELECT 1'])(
    'is not taken where GoogleSQL has none: %s',
    text => {
      expect(() => parseGoogleSql(text)).toThrow(SyntaxFailure)
    },
  )
})

function refusal(text: string): SyntaxFailure {
  try {
    parseScript(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return thrown
    throw thrown
  }
  throw new Error(`not refused: ${text}`)
}
