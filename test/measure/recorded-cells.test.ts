import { expect, test } from 'vitest'
import { canonicalRecordedRow, canonicalWireRow } from './recorded-cells.ts'

const field = (type: string, mode = 'NULLABLE') => ({ name: 'x', type, mode })

test.each([
  ['FLOAT', '2.5', 2.5],
  ['FLOAT', 'NaN', 'NaN'],
  ['NUMERIC', '100', '100.00'],
  ['INTEGER', '10', 10],
  ['BOOLEAN', 'true', true],
  ['TIMESTAMP', '1705309200123456', '2024-01-15T09:00:00.123456+00:00'],
  ['TIMESTAMP', '-62135596800000000', '0001-01-01T00:00:00+00:00'],
  ['DATETIME', '2024-01-15T12:34:56.789', '2024-01-15T12:34:56.789000'],
  ['INTERVAL', '1-2 3 4:5:6', 'relativedelta(years=+1, months=+2, days=+3, hours=+4, minutes=+5, seconds=+6)'],
  ['JSON', '{"b":[2, 3],"a":1}', '{"a": 1, "b": [2, 3]}'],
  ['RANGE', '[2024-01-01, 2024-01-03)', { start: '2024-01-01', end: '2024-01-03' }],
])('a cell of %s is the recorded one, however each writes it', (type, wire, recorded) => {
  expect(canonicalWireRow([{ v: wire }], [field(type)])).toBe(canonicalRecordedRow({ x: recorded }, [field(type)]))
})

test('values that differ stay different, null and the empty list among them', () => {
  const wire = (type: string, v: unknown) => canonicalWireRow([{ v }], [field(type)])
  const recorded = (type: string, x: unknown) => canonicalRecordedRow({ x }, [field(type)])
  expect(wire('INTEGER', null)).not.toBe(recorded('INTEGER', 0))
  expect(wire('STRING', '')).not.toBe(recorded('STRING', null))
  expect(wire('TIMESTAMP', '1705309200123456')).not.toBe(recorded('TIMESTAMP', '2024-01-15T09:00:00.123457+00:00'))
  expect(wire('NUMERIC', '10')).not.toBe(recorded('NUMERIC', '100'))
})

test('structs and lists are compared in order, within and without', () => {
  const fields = [{ ...field('RECORD', 'REPEATED'), fields: [{ name: 'a', type: 'INTEGER', mode: 'NULLABLE' }] }]
  const wire = canonicalWireRow([{ v: [{ v: { f: [{ v: '1' }] } }, { v: { f: [{ v: '2' }] } }] }], fields)
  expect(wire).toBe(canonicalRecordedRow({ x: [{ a: 1 }, { a: 2 }] }, fields))
  expect(wire).not.toBe(canonicalRecordedRow({ x: [{ a: 2 }, { a: 1 }] }, fields))
})
