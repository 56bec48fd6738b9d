import { expect, test } from 'vitest'
import { columnText, newColumn } from './column-text.ts'
import { optionsClause } from './statement-text.ts'

const written = (column: object) => columnText(newColumn.parse(column))

test.each([
  [{ name: 'id', type: 'INTEGER', mode: 'REQUIRED' }, '`id` INT64 NOT NULL'],
  [{ name: 'tags', type: 'string', mode: 'REPEATED', maxLength: '9' }, '`tags` ARRAY<STRING(9)>'],
  [{ name: 'price', type: 'NUMERIC', precision: 10, scale: 2 }, '`price` NUMERIC(10, 2)'],
  [
    { name: 'p', type: 'RECORD', fields: [{ name: 'x', type: 'FLOAT', description: 'say "x"' }] },
    '`p` STRUCT<`x` FLOAT64 OPTIONS (description = "say \\"x\\"")>',
  ],
])('%j is written as %s', (column, text) => {
  expect(written(column)).toBe(text)
})

test.each([
  [{ name: 'a` INT64, `b', type: 'STRING' }],
  [{ name: 'a', type: 'STRING) AS SELECT * FROM hr.salaries --' }],
  [{ name: 'a', type: 'STRING', maxLength: '1) --' }],
  [{ name: 'a', type: 'STRING', policyTags: { names: ['t'] } }],
])('%j is not a column', column => {
  expect(newColumn.safeParse(column).success).toBe(false)
})

test('options that are absent are not written', () => {
  expect(optionsClause({ description: undefined, labels: {} })).toBe('')
  expect(optionsClause({ description: 'a\n"b"', labels: { team: 'x' } })).toBe(
    ' OPTIONS (description = "a\\n\\"b\\"", labels = [("team", "x")])',
  )
})
