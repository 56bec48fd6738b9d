import { expect, test } from 'vitest'
import { parseStatement } from '../../googlesql/parse/parse.ts'
import { filesOf } from './files.ts'

const files = (sql: string) => filesOf(parseStatement(sql))

test('an export writes the files that its option names', () => {
  expect(files("EXPORT DATA OPTIONS (URI = 'gs://lab/out/*.csv', format = 'CSV') AS SELECT 1")).toEqual([
    { uri: 'gs://lab/out/*.csv', access: 'write' },
  ])
})

test('what a definition reads of and keeps in files is told by its options', () => {
  const sql = "CREATE TABLE d.t (x INT64) OPTIONS (storage_uri = 'gs://lab/t', description = 'gs://no')"
  expect(files(sql)).toEqual([{ uri: 'gs://lab/t', access: 'write' }])
  expect(files("CREATE EXTERNAL TABLE d.e OPTIONS (uris = ['gs://a/1', 'gs://a/2'], format = 'CSV')")).toEqual([
    { uri: 'gs://a/1', access: 'read' },
    { uri: 'gs://a/2', access: 'read' },
  ])
})

test.each([
  "EXPORT DATA OPTIONS (format = 'CSV') AS SELECT 1",
  "EXPORT DATA OPTIONS (uri = CONCAT('gs://', 'hr/x')) AS SELECT 1",
  'EXPORT DATA OPTIONS (uri = @where) AS SELECT 1',
])('files that are not written out are refused: %s', sql => {
  expect(() => files(sql)).toThrow(/string literals/)
})

test('a query names no files', () => {
  expect(files("SELECT 'gs://a/b' AS uri")).toEqual([])
})
