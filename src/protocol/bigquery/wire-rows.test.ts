import { expect, test } from 'vitest'
import type { ColumnType } from '../../model/column-type.ts'
import type { Cell, RedactedPage } from '../../model/result.ts'
import { timestampText, wireRows } from './wire-rows.ts'
import { wireField } from './wire-schema.ts'

const scalar = (name: string) => ({ kind: 'scalar', name }) as ColumnType
const time = scalar('TIMESTAMP')

function wired(cell: Cell, type: ColumnType, format: 'FLOAT64' | 'INT64' | 'ISO8601_STRING' = 'FLOAT64') {
  const page = { fields: [{ name: 'x', type, nullable: true }], rows: [[cell]] } as unknown as RedactedPage
  return wireRows(page, format)[0]?.f[0]?.v
}

test.each([
  ['2024-01-01T00:00:00Z', '1.7040672E9', '1704067200000000'],
  ['2024-01-01T00:00:00.123456Z', '1.704067200123456E9', '1704067200123456'],
  ['1970-01-01T00:00:00Z', '0.0', '0'],
  ['1970-01-01T00:00:00.000001Z', '1.0E-6', '1'],
  ['1969-12-31T23:59:59.5Z', '-5.0E-1', '-500000'],
  ['0001-01-01T00:00:00Z', '-6.21355968E10', '-62135596800000000'],
  ['9999-12-31T23:59:59.999999Z', '2.53402300799999999E11', '253402300799999999'],
])('the timestamp %s is %s in seconds and %s in microseconds', (text, seconds, micros) => {
  expect(timestampText(text, 'FLOAT64')).toBe(seconds)
  expect(Number(seconds)).toBeCloseTo(Number(micros) / 1e6, 4)
  expect(timestampText(text, 'INT64')).toBe(micros)
  expect(wired(text, time, 'ISO8601_STRING')).toBe(text)
})

test('a masked timestamp that is none any more stays as it is', () => {
  expect(wired('REDACTED', time)).toBe('REDACTED')
})

test('lists, structs and ranges have the form of the REST API, at every depth', () => {
  const struct: ColumnType = {
    kind: 'struct',
    fields: [
      { name: 't', type: time },
      { name: 'l', type: { kind: 'array', element: scalar('INT64') } },
    ],
  }
  expect(wired([['1970-01-01T00:00:01Z', ['1', '2']]], { kind: 'array', element: struct }, 'INT64')).toEqual([
    { v: { f: [{ v: '1000000' }, { v: [{ v: '1' }, { v: '2' }] }] } },
  ])
  expect(wired('[1970-01-01T00:00:01Z, UNBOUNDED)', { kind: 'range', element: time }, 'INT64')).toBe(
    '[1000000, UNBOUNDED)',
  )
  expect(wired('[2024-01-01, 2024-02-01)', { kind: 'range', element: scalar('DATE') })).toBe('[2024-01-01, 2024-02-01)')
})

test('a NULL is null, and a NULL list is an empty one', () => {
  expect(wired(null, scalar('STRING'))).toBe(null)
  expect(wired(null, { kind: 'array', element: scalar('STRING') })).toEqual([])
})

test('a schema says types by the names that the REST API has', () => {
  const type: ColumnType = {
    kind: 'array',
    element: { kind: 'struct', fields: [{ name: 'n', type: scalar('INT64') }] },
  }
  expect(wireField({ name: 'x', type })).toEqual({
    ...{ name: 'x', type: 'RECORD', mode: 'REPEATED' },
    fields: [{ name: 'n', type: 'INTEGER', mode: 'NULLABLE' }],
  })
  expect(wireField({ name: 'r', type: { kind: 'range', element: scalar('DATE') }, nullable: false })).toEqual({
    ...{ name: 'r', type: 'RANGE', mode: 'REQUIRED', rangeElementType: { type: 'DATE' } },
  })
})
