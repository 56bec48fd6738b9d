import { tableFromIPC } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import type { ColumnType, ScalarType } from '../../../model/column-type.ts'
import type { Cell, RedactedPage, ResultField } from '../../../model/result.ts'
import { arrowMessages } from './record-batch.ts'

const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })
const array = (element: ColumnType): ColumnType => ({ kind: 'array', element })
const field = (type: ColumnType, name = 'c'): ResultField => ({ name, type, nullable: true })

/** The rows as Arrow's own reader has them, from the two messages that a client gets. */
function read(fields: readonly ResultField[], rows: readonly (readonly Cell[])[], places = fields.map((_, at) => at)) {
  const messages = arrowMessages(fields, places)
  return tableFromIPC([messages.schema, messages.batch(rows as RedactedPage['rows'])])
}

function column(type: ColumnType, cells: readonly Cell[]) {
  const table = read(
    [field(type)],
    cells.map(cell => [cell]),
  )
  return Array.from(table.getChildAt(0) ?? [], value => (value === null ? null : (value.toJSON?.() ?? value)))
}

describe('values', () => {
  test.each<[ScalarType, readonly Cell[], readonly unknown[]]>([
    ['INT64', ['7', null, '-9223372036854775808'], [7n, null, -9_223_372_036_854_775_808n]],
    ['FLOAT64', ['1.5', 'NaN', '-Infinity', null], [1.5, Number.NaN, Number.NEGATIVE_INFINITY, null]],
    ['BOOL', ['true', 'false', null], [true, false, null]],
    ['STRING', ['é😀', '', null], ['é😀', '', null]],
    ['JSON', ['{"a":1}'], ['{"a":1}']],
    ['GEOGRAPHY', ['POINT(1 2)'], ['POINT(1 2)']],
    ['INTERVAL', ['1-2 3 4:5:6.789'], ['1-2 3 4:5:6.789']],
    ['DATE', ['1970-01-02', '0001-01-01', '9999-12-31'], [86_400_000, -62_135_596_800_000, 253_402_214_400_000]],
    ['TIME', ['00:00:00.000001', '23:59:59'], [1n, 86_399_000_000n]],
  ])('of %s are what BigQuery said', (name, cells, expected) => {
    expect(column(scalar(name), cells)).toEqual(expected)
  })

  test('of BYTES are bytes', () => {
    expect(column(scalar('BYTES'), ['YWJj', null])).toEqual([new Uint8Array([97, 98, 99]), null])
  })

  test.each<[ScalarType, string, bigint]>([
    ['TIMESTAMP', '2024-01-01T00:00:00.000120Z', 1_704_067_200_000_120n],
    ['TIMESTAMP', '0001-01-01T00:00:00Z', -62_135_596_800_000_000n],
    ['DATETIME', '1969-12-31T23:59:59.999999', -1n],
  ])('of %s keep their microseconds: %s', (name, cell, micros) => {
    expect(read([field(scalar(name))], [[cell]]).getChildAt(0)?.data[0]?.values[0]).toBe(micros)
  })

  test.each<[ScalarType, string, readonly bigint[]]>([
    ['NUMERIC', '1.5', [1_500_000_000n, 0n]],
    ['NUMERIC', '-0.000000001', [-1n, -1n]],
    ['BIGNUMERIC', '-1E-38', [-1n, -1n, -1n, -1n]],
    ['BIGNUMERIC', '1', [687_399_551_400_673_280n, 5_421_010_862_427_522_170n, 0n, 0n]],
  ])('of %s are exact: %s', (name, cell, words) => {
    const values = read([field(scalar(name))], [[cell]]).getChildAt(0)?.data[0]?.values as Uint32Array
    expect([...new BigInt64Array(Uint32Array.from(values).buffer)]).toEqual(words)
  })
})

describe('values that hold others', () => {
  const point: ColumnType = {
    kind: 'struct',
    fields: [
      { name: 'x', type: scalar('INT64') },
      { name: 'tags', type: array(scalar('STRING')) },
    ],
  }

  test('arrays, of which one that is NULL is empty', () => {
    expect(column(array(scalar('INT64')), [['1', '2'], null, []])).toEqual([[1n, 2n], [], []])
  })

  test('structs, and arrays of them', () => {
    expect(column(point, [['1', ['a', 'b']], null]).map(plain)).toEqual([{ x: '1', tags: ['a', 'b'] }, null])
    expect(
      read(
        [field(array(point))],
        [
          [
            [
              ['1', []],
              ['2', ['c']],
            ],
          ],
        ],
      )
        .toArray()
        .map(plain),
    ).toEqual([
      {
        c: [
          { x: '1', tags: [] },
          { x: '2', tags: ['c'] },
        ],
      },
    ])
  })

  test('ranges, whose open ends are NULL', () => {
    const cells = ['[2024-01-01, UNBOUNDED)', null, '[UNBOUNDED, 1970-01-02)']
    const dates = column({ kind: 'range', element: scalar('DATE') }, cells)
    expect(dates.map(plain)).toEqual([{ start: 1_704_067_200_000, end: null }, null, { start: null, end: 86_400_000 }])
  })
})

test('columns come as they are asked for, and an empty page has none of their rows', () => {
  const fields = [field(scalar('INT64'), 'a'), field(scalar('STRING'), 'b'), field(scalar('BOOL'), 'd')]
  expect(read(fields, [['1', 'x', 'true']], [2, 0]).schema.fields.map(({ name }) => name)).toEqual(['d', 'a'])
  expect(read(fields, []).numRows).toBe(0)
})

test('clients are told the types that Arrow has no name for', () => {
  const types = (['DATETIME', 'JSON', 'GEOGRAPHY'] as const).map(name => field(scalar(name), name))
  const names = read(types, []).schema.fields.map(({ metadata }) => metadata.get('ARROW:extension:name'))
  expect(names).toEqual(['google:sqlType:datetime', 'google:sqlType:json', 'google:sqlType:geography'])
})

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null')
}
