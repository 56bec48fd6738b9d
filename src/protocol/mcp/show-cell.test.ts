import { expect, test } from 'vitest'
import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import type { Cell } from '../../model/result.ts'
import { showCell } from './show-cell.ts'

const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })

test.each<[ScalarType, string, unknown]>([
  ['INT64', '42', 42],
  ['INT64', '9007199254740993', '9007199254740993'],
  ['FLOAT64', '1.5', 1.5],
  ['FLOAT64', 'NaN', 'NaN'],
  ['NUMERIC', '1.10', '1.10'],
  ['BOOL', 'true', true],
  ['BOOL', 'false', false],
  ['TIMESTAMP', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
  ['STRING', 'a\u202Eb\u{E0041}c', 'a\\u{202E}b\\u{E0041}c'],
  ['STRING', 'नमस्ते 👩‍🚀', 'नमस्ते 👩‍🚀'],
])('%s %s is shown as JSON can hold it', (name, text, shown) => {
  expect(showCell(text, scalar(name))).toBe(shown)
  expect(showCell(null, scalar(name))).toBeNull()
})

test('arrays are lists, and structs objects by name', () => {
  const fields = [
    { name: 'city', type: scalar('STRING') },
    { name: '', type: scalar('INT64') },
    { name: 'city', type: scalar('BOOL') },
  ]
  const type: ColumnType = { kind: 'array', element: { kind: 'struct', fields } }
  const cell: Cell = [
    ['Oslo', '1', 'true'],
    ['Rome', null, 'false'],
  ]
  expect(showCell(cell, type)).toEqual([
    { city: 'Oslo', _2: 1, _3: true },
    { city: 'Rome', _2: null, _3: false },
  ])
})

test('a field cannot become a prototype', () => {
  const type: ColumnType = { kind: 'struct', fields: [{ name: '__proto__', type: scalar('STRING') }] }
  expect(JSON.stringify(showCell(['x'], type))).toBe('{"__proto__":"x"}')
})
