import { expect, test } from 'vitest'
import { canonical } from '../../../test/fakes/read-statement.ts'

test('a collation is followed by the brackets that close its types', () => {
  const sql = "select cast(x as struct<a string(10) collate 'und:ci', b array<string collate ''>>)"
  expect(canonical(sql)).toBe(
    "SELECT CAST(`x` AS STRUCT<`a` STRING(10) COLLATE 'und:ci', `b` ARRAY<STRING COLLATE ''>>)",
  )
})
