import { expect, test } from 'vitest'
import { clauseLines, difference } from './difference.ts'

test('a printed statement is shown one clause a line, and no text is lost', () => {
  const sql =
    "WITH `c` AS (SELECT 'FROM' AS `a` FROM `t` WHERE TRUE) SELECT * FROM `c` LEFT JOIN `d` USING (`a`) ORDER BY 1"
  const lines = clauseLines(sql)
  expect(lines).toEqual([
    'WITH `c` AS (',
    "  SELECT 'FROM' AS `a`",
    '  FROM `t`',
    '  WHERE TRUE)',
    'SELECT *',
    'FROM `c`',
    'LEFT JOIN `d` USING (`a`)',
    'ORDER BY 1',
  ])
  expect(
    lines
      .map(line => line.trim())
      .join(' ')
      .replace('( ', '('),
  ).toBe(sql)
})

test('each statement of a script begins a line', () => {
  expect(clauseLines('DECLARE `x` INT64; IF `x` > 1 THEN SELECT 1; END IF; SELECT `x`')).toEqual([
    'DECLARE `x` INT64;',
    'IF `x` > 1 THEN',
    'SELECT 1;',
    'END IF;',
    'SELECT `x`',
  ])
})

test('lines that both texts have stand once, the others with a sign', () => {
  expect(difference(['a', 'b', 'c'], ['x', 'a', 'c', 'd'])).toEqual([
    { sign: '+', text: 'x' },
    { sign: ' ', text: 'a' },
    { sign: '-', text: 'b' },
    { sign: ' ', text: 'c' },
    { sign: '+', text: 'd' },
  ])
})
