import { describe, expect, test } from 'vitest'
import { SyntaxFailure } from '../syntax-failure.ts'
import { nodesOf } from '../walk.ts'
import { parseScript, parseStatement } from './parse.ts'

function failure(text: string): SyntaxFailure {
  try {
    parseScript(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return thrown
    throw thrown
  }
  throw new Error(`was read: ${text.slice(0, 80)}`)
}

describe('a refusal', () => {
  test('says where, what was expected and what stood there', () => {
    expect(failure('SELECT a\nFROM t\nWHER x')).toMatchObject({ line: 3, column: 6, expected: '";"', found: 'x' })
    expect(failure('SELECT (1').message).toContain('")"')
    expect(failure('')).toMatchObject({ line: 1, column: 1, expected: 'a statement' })
  })

  test('tells how a reserved word is used as a name', () => {
    expect(failure('SELECT 1 AS from').hint).toContain('`from`')
  })
})

describe('nesting', () => {
  const shapes: Readonly<Record<string, (depth: number) => string>> = {
    parentheses: depth => `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`,
    arrays: depth => `SELECT ${'['.repeat(depth)}${']'.repeat(depth)}`,
    subqueries: depth => `SELECT ${'(SELECT '.repeat(depth)}1${')'.repeat(depth)}`,
    'tables in parentheses': depth => `SELECT * FROM ${'('.repeat(depth)}a${' JOIN b)'.repeat(depth)}`,
    'subqueries in FROM': depth => `${'SELECT * FROM ('.repeat(depth)}SELECT 1${')'.repeat(depth)}`,
    calls: depth => `SELECT ${'f('.repeat(depth)}1${')'.repeat(depth)}`,
    cases: depth => `SELECT ${'CASE WHEN '.repeat(depth)}1${' THEN 1 END'.repeat(depth)}`,
    'NOT in a row': depth => `SELECT ${'NOT '.repeat(depth)}TRUE`,
    'signs in a row': depth => `SELECT ${'- '.repeat(depth)}1`,
    'types in types': depth => `SELECT CAST(x AS ${'ARRAY<'.repeat(depth)}INT64${'>'.repeat(depth)})`,
    'fields in a row': depth => `SELECT f()${'.a'.repeat(depth)}`,
    'elements in a row': depth => `SELECT x${'[0]'.repeat(depth)}`,
    'conditions behind joins': depth => `SELECT * FROM t${' JOIN t'.repeat(depth)}${' ON TRUE'.repeat(depth)}`,
    'WITH in WITH': depth => `${'WITH a AS ('.repeat(depth)}SELECT 1${') SELECT 1'.repeat(depth)}`,
    'structs in structs': depth => `SELECT ${'STRUCT('.repeat(depth)}1${')'.repeat(depth)}`,
  }

  test.each(Object.entries(shapes))('of %s is read to a depth that people write', (_, shape) => {
    expect(() => parseScript(shape(20))).not.toThrow()
  })

  test.each(Object.entries(shapes))('of %s is refused by its depth, and never by the stack', (_, shape) => {
    for (const depth of [500, 20_000]) expect(failure(shape(depth))).toBeInstanceOf(SyntaxFailure)
  })
})

describe('wide queries of a megabyte', () => {
  const million = 1_048_576
  const shapes: Readonly<Record<string, (count: number) => string>> = {
    'a list of values': count => `SELECT * FROM t WHERE a IN (${'1, '.repeat(count)}1)`,
    'a chain of AND': count => `SELECT * FROM t WHERE a${' AND a'.repeat(count)}`,
    'a chain of OR': count => `SELECT * FROM t WHERE a${' OR a'.repeat(count)}`,
    'a sum': count => `SELECT a${' + a'.repeat(count)}`,
    'a concatenation': count => `SELECT a${' || a'.repeat(count)}`,
    'a select list': count => `SELECT ${'a, '.repeat(count)}a FROM t`,
    'a union': count => `SELECT 1${' UNION ALL SELECT 1'.repeat(count)}`,
    'a row of joins': count => `SELECT * FROM t${' CROSS JOIN t'.repeat(count)}`,
    'a row of pipes': count => `FROM t${' |> WHERE a'.repeat(count)}`,
    'a row of statements': count => `SELECT 1${'; SELECT 1'.repeat(count)}`,
    'a long literal': count => `SELECT '${'a'.repeat(count)}'`,
    'one long path': count => `SELECT a${'.a'.repeat(count)}`,
    'pairs in parentheses': count => `SELECT * FROM t WHERE (a, b) IN (${'(1, 2), '.repeat(count)}(1, 2))`,
  }

  // At a hundred thousand items and more, what is quadratic takes minutes. The processor's time, not the clock's, is
  // measured, because other work may share the machine.
  test.each(Object.entries(shapes))('%s is read in a time that only linear reading allows', (_, shape) => {
    const perCount = shape(1_000).length / 1_000
    const text = shape(Math.floor(million / perCount))
    const began = process.cpuUsage().user
    parseScript(text)
    expect((process.cpuUsage().user - began) / 1_000).toBeLessThan(3_000)
  })
})

describe('chains', () => {
  test('of one operator are wide and not deep', () => {
    const [conjunction] = nodesOf(parseStatement('SELECT a AND b AND c AND d'), 'And')
    expect(conjunction?.operands).toHaveLength(4)
  })

  test('of comparisons are refused, because GoogleSQL has none', () => {
    expect(failure('SELECT a < b < c').hint).toContain('parentheses')
  })
})
