import { describe, expect, test } from 'vitest'
import { typeText } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import { parseTypeText } from './parameter-type.ts'
import { readParameters } from './parameters.ts'

describe('the type of a parameter', () => {
  test.each(['INT64', 'ARRAY<STRING>', 'STRUCT<a INT64, b ARRAY<STRUCT<c DATE>>>', 'RANGE<DATE>'])(
    '%s is read',
    text => {
      const type = parseTypeText(` ${text} `)
      expect(type && typeText(type)).toBe(text)
    },
  )

  test.each([
    '',
    'INT',
    'ARRAY',
    'ARRAY<>',
    'ARRAY<INT64',
    'INT64>',
    'STRUCT<INT64>',
    'DATE; DROP',
    'ARRAY<'.repeat(9),
  ])('%j is none', text => {
    expect(parseTypeText(text)).toBeUndefined()
  })
})

describe('a parameter', () => {
  test.each<[unknown, string, unknown]>([
    ['x', 'STRING', 'x'],
    [7, 'INT64', '7'],
    [7.5, 'FLOAT64', '7.5'],
    [true, 'BOOL', 'true'],
    [null, 'STRING', null],
    [[1, 2], 'ARRAY<INT64>', ['1', '2']],
    [[1, 2.5], 'ARRAY<FLOAT64>', ['1', '2.5']],
    [{ type: 'DATE', value: '2026-01-31' }, 'DATE', '2026-01-31'],
    [{ type: 'INT64', value: '9007199254740993' }, 'INT64', '9007199254740993'],
    [{ type: 'ARRAY<STRING>', value: [] }, 'ARRAY<STRING>', []],
    [{ type: 'STRUCT<a INT64, b BOOL>', value: { b: true, a: 1 } }, 'STRUCT<a INT64, b BOOL>', { a: '1', b: 'true' }],
    [{ type: 'JSON', value: { a: 1 } }, 'JSON', '{"a":1}'],
  ])('%j is a %s', (given, type, value) => {
    const [parameter] = readParameters({ p: given })
    expect(parameter).toMatchObject({ name: 'p', value })
    expect(parameter && typeText(parameter.type)).toBe(type)
  })

  test.each([
    [[]],
    [[1, 'x']],
    [[[1]]],
    [{ a: 1 }],
    [{ type: 'INT64', value: '1; DROP' }],
    [{ type: 'INT64', value: 1.5 }],
    [{ type: 'BOOL', value: 'true' }],
    [{ type: 'NOTHING', value: 1 }],
    [{ type: 'ARRAY<INT64>', value: [null] }],
    [{ type: 'STRUCT<a INT64>', value: { a: 1, b: 2 } }],
  ])('%j is refused, and its name is told', given => {
    expect(() => readParameters({ p: given })).toThrow(Failure)
    expect(() => readParameters({ p: given })).toThrow(/params\.p: /)
  })
})
