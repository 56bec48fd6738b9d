import { describe, expect, test } from 'vitest'
import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import type { Cell, ResultField } from '../../model/result.ts'
import { formatNames, openFormat } from './row-format.ts'

const scalar = (name: ScalarType): ColumnType => ({ kind: 'scalar', name })
const field = (type: ColumnType, name = 'c'): ResultField => ({ name, type, nullable: true })

/** The bytes of one row with one column, without the one that says that the value is there. */
function avro(type: ColumnType, cell: Cell): string {
  const { avroRows } = openFormat('AVRO', [field(type)], [0]).rows([[cell]]) as Record<string, Record<string, Buffer>>
  return avroRows?.['serializedBinaryRows']?.toString('hex') ?? ''
}

describe('Avro', () => {
  test.each<[ScalarType, string, string]>([
    ['INT64', '0', '00'],
    ['INT64', '-64', '7f'],
    ['INT64', '64', '8001'],
    ['INT64', '-9223372036854775808', 'ffffffffffffffffff01'],
    ['FLOAT64', '1.5', '000000000000f83f'],
    ['BOOL', 'true', '01'],
    ['STRING', 'foo', '06666f6f'],
    ['BYTES', 'YWJj', '06616263'],
    ['DATE', '1970-01-02', '02'],
    ['TIME', '00:00:00.000001', '02'],
    ['TIMESTAMP', '1969-12-31T23:59:59.999999Z', '01'],
    ['DATETIME', '2024-01-01T10:00:00', '26323032342d30312d30315431303a30303a3030'],
    ['NUMERIC', '-0.000000001', `20${'ff'.repeat(16)}`],
    ['BIGNUMERIC', '1E-38', `40${'00'.repeat(31)}01`],
  ])('has a value of %s, %s, as its specification says', (name, text, bytes) => {
    expect(avro(scalar(name), text)).toBe(`02${bytes}`)
  })

  test('has a zero for NULL, and lists in blocks', () => {
    const list: ColumnType = { kind: 'array', element: scalar('INT64') }
    const struct: ColumnType = { kind: 'struct', fields: [{ name: 'x', type: scalar('INT64') }] }
    expect(avro(scalar('STRING'), null)).toBe('00')
    expect([avro(list, ['3', '27']), avro(list, null)]).toEqual(['04063600', '00'])
    expect([avro(struct, ['1']), avro(struct, [null]), avro(struct, null)]).toEqual(['020202', '0200', '00'])
    expect(avro({ kind: 'range', element: scalar('DATE') }, '[1970-01-02, UNBOUNDED)')).toBe('02020200')
  })

  test('holds values that are larger than the room there was', () => {
    const text = 'x'.repeat(200_000)
    expect(avro(scalar('STRING'), text)).toHaveLength(2 * (1 + 3 + 200_000))
  })

  test('names each record of its schema apart', () => {
    const pair: ColumnType = { kind: 'struct', fields: [{ name: 'x', type: scalar('JSON') }] }
    const fields = [field(pair, 'a'), field({ kind: 'array', element: pair }, 'b')]
    const { avroSchema } = openFormat('AVRO', fields, [1, 0]).schema as { avroSchema: { schema: string } }
    const json = { type: 'string', sqlType: 'JSON' }
    const record = (name: string) => ({ type: 'record', name, fields: [{ name: 'x', type: ['null', json] }] })
    expect(JSON.parse(avroSchema.schema)).toEqual({
      ...{ type: 'record', name: '__root__' },
      fields: [
        { name: 'b', type: { type: 'array', items: record('__s_0') } },
        { name: 'a', type: ['null', record('__s_1')] },
      ],
    })
  })
})

test.each(formatNames)('a text that is not of its type stops the rows of %s', format => {
  for (const [name, text] of [
    ['DATE', '2024-1-1'],
    ['NUMERIC', '0.0000000001'],
    ['FLOAT64', 'REDACTED'],
    ['INT64', 'REDACTED'],
  ] as const) {
    expect(() => openFormat(format, [field(scalar(name))], [0]).rows([[text]])).toThrow(/BigQuery failed/)
  }
})
