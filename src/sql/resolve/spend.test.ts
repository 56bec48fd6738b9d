import { expect, test } from 'vitest'
import { understandText } from '../../../test/measure/understand-text.ts'
import type { CatalogTable } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'

const columns = ['a', 'b', 'c'].map(name => ({ name, type: { kind: 'scalar', name: 'INT64' }, tags: {} }) as const)
const table: CatalogTable = {
  ref: { project: 'acme-prod', dataset: 'd', table: 't' },
  ...{ kind: 'table', columns, etag: '1', labels: {}, pseudoColumns: [] },
}

const defaults = { project: 'acme-prod' }

function code(sql: string): string {
  const understood = understandText(sql, [table], defaults)
  return understood instanceof Failure ? understood.code : 'understood'
}

/** Entries of which each reads the one before. */
const chain = (length: number, first: string, next: (before: string) => string) =>
  Array.from({ length }, (_, at) => `c${at} AS (${at === 0 ? first : next(`c${at - 1}`)})`).join(', ')

test.each([
  [
    'relations joined with themselves',
    chain(40, 'SELECT * FROM d.t', before => `SELECT * FROM ${before} x, ${before} y`),
  ],
  ['rows in rows', chain(40, 'SELECT t AS s FROM d.t', before => `SELECT STRUCT(s AS x, s AS y) AS s FROM ${before}`)],
])('%s, again and again, are refused before they take long', (_, entries) => {
  expect(code(`WITH ${entries} SELECT 1 FROM c39`)).toBe('request_too_large')
})

test('the statements of a script share what they may bring along', () => {
  const query = `WITH ${chain(17, 'SELECT * FROM d.t', before => `SELECT *, * FROM ${before}`)} SELECT 1 FROM c16`
  expect(code(query)).toBe('understood')
  expect(code(Array.from({ length: 3 }, () => query).join(';'))).toBe('request_too_large')
})

test('a column that is selected very often is found, and numbered, each time in no time', () => {
  const wide = `WITH w AS (SELECT ${Array.from({ length: 3_000 }, (_, at) => `${at} AS c${at}`).join(', ')})`
  const understood = understandText(`${wide} SELECT ${Array(10_000).fill('c2999').join(', ')} FROM w`, [], defaults)
  if (understood instanceof Failure) throw understood
  const names = understood.statement.outputs.map(({ name }) => name)
  expect([names[0], names[1], names[9_999]]).toEqual(['c2999', 'c2999_1', 'c2999_9999'])
})

test('many joins and long chains are no matter', () => {
  const joins = Array.from({ length: 200 }, (_, at) => `JOIN d.t AS t${at} USING (a)`).join(' ')
  expect(code(`SELECT * FROM d.t ${joins}`)).toBe('understood')
  expect(code(`WITH ${chain(300, 'SELECT * FROM d.t', before => `SELECT * FROM ${before}`)} SELECT * FROM c299`)).toBe(
    'understood',
  )
})
