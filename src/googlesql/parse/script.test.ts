import { describe, expect, test } from 'vitest'
import { print } from '../print/print.ts'
import { SyntaxFailure } from '../syntax-failure.ts'
import { parseScript } from './parse.ts'

const canonical = (sql: string) => print(parseScript(sql))

function refusal(sql: string) {
  try {
    parseScript(sql)
  } catch (failure) {
    if (failure instanceof SyntaxFailure) return [failure.column, failure.expected]
    throw failure
  }
  throw new Error(`parsed: ${sql}`)
}

describe('variables', () => {
  test.each([
    ['declare a, b int64 default 1', 'DECLARE `a`, `b` INT64 DEFAULT 1'],
    ['declare a default (select 1)', 'DECLARE `a` DEFAULT (SELECT 1)'],
    ['declare declare declare default declare', 'DECLARE `declare` declare DEFAULT `declare`'],
    ['set a = b = c', 'SET `a` = `b` = `c`'],
    ['set (a, b) = (1, 2)', 'SET (`a`, `b`) = (1, 2)'],
    ["set @@time_zone = 'x'", "SET @@time_zone = 'x'"],
  ])('%s', (sql, expected) => {
    expect(canonical(sql).toLowerCase()).toBe(expected.toLowerCase())
  })

  test('need a type or a value, and a name to be set', () => {
    expect(refusal('declare a')).toEqual([10, 'a type'])
    expect(refusal('declare @@a int64')).toEqual([9, 'the name of a variable'])
    expect(refusal('set 1 = 2')).toEqual([5, 'a variable'])
    expect(refusal('set a')).toEqual([6, '"="'])
  })
})

describe('blocks and branches', () => {
  test.each([
    ['begin select 1; exception when error then raise; end', 'BEGIN SELECT 1; EXCEPTION WHEN ERROR THEN RAISE; END'],
    ['begin end', 'BEGIN END'],
    [
      'if a then select 1; elseif b then select 2; else select 3; end if',
      'IF `a` THEN SELECT 1; ELSEIF `b` THEN SELECT 2; ELSE SELECT 3; END IF',
    ],
    ['case a when 1 then select 1; else select 2; end case', 'CASE `a` WHEN 1 THEN SELECT 1; ELSE SELECT 2; END CASE'],
    ['case when a then end case', 'CASE WHEN `a` THEN END CASE'],
    ["raise using message = 'x'", "RAISE USING MESSAGE = 'x'"],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('end each statement with a semicolon, and with their own word', () => {
    expect(refusal('begin select 3; select 4 end')).toEqual([26, '";"'])
    expect(refusal('if a select 1; end if')).toEqual([6, 'THEN'])
    expect(refusal('if a then select 1; end')).toEqual([24, 'IF'])
    expect(refusal('case when a then select 1; end')).toEqual([31, 'CASE'])
    expect(refusal('exception when error then select 1')).toEqual([1, 'a statement'])
    expect(refusal('begin select 1;')).toEqual([16, 'END'])
  })
})

describe('loops', () => {
  test.each([
    ['l: loop break l; end loop l', '`l`: LOOP BREAK `l`; END LOOP'],
    ['while a do leave; end while', 'WHILE `a` DO BREAK; END WHILE'],
    ['repeat iterate; until true end repeat', 'REPEAT CONTINUE; UNTIL TRUE END REPEAT'],
    ['for r in (select 1) do return; end for', 'FOR `r` IN (SELECT 1) DO RETURN; END FOR'],
    ['while while do end while', 'WHILE `while` DO END WHILE'],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })

  test('close with their own word and their own label', () => {
    expect(refusal('loop end while')).toEqual([10, 'LOOP'])
    expect(refusal('while do end while')).toEqual([10, 'DO'])
    expect(refusal('l: loop end loop m')).toEqual([18, 'the label l'])
    expect(refusal('l: select 1')).toEqual([4, 'BEGIN or LOOP or WHILE or REPEAT or FOR'])
    expect(refusal('for x in (insert t values (1)) do end for')).toEqual([11, expect.any(String)])
  })
})

describe('transactions', () => {
  test.each([
    ['begin', 'BEGIN TRANSACTION'],
    ['begin; commit; rollback transaction', 'BEGIN TRANSACTION; COMMIT TRANSACTION; ROLLBACK TRANSACTION'],
    ['start transaction read only', 'BEGIN TRANSACTION READ ONLY'],
    ['begin begin; commit; end', 'BEGIN BEGIN TRANSACTION; COMMIT TRANSACTION; END'],
    ['set transaction = 1', 'SET `transaction` = 1'],
  ])('%s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected)
  })
})

test('statements nest to a counted depth', () => {
  expect(refusal(`${'begin '.repeat(5_000)}`)).toEqual([expect.any(Number), 'at most 200 levels of nesting'])
  expect(refusal(`${'if a then '.repeat(5_000)}`)).toEqual([expect.any(Number), 'at most 200 levels of nesting'])
})

test('a script of twenty thousand statements is read', () => {
  const statements = 20_000
  const script = parseScript('set a = 1; '.repeat(statements))
  expect(script.statements).toHaveLength(statements)
})
