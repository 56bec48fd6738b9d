import { Failure } from '../../model/failure.ts'
import type { RedactedPage, ResultField } from '../../model/result.ts'
import { arrowMessages } from './arrow/record-batch.ts'
import { AvroBytes } from './avro/avro-bytes.ts'
import { writeField } from './avro/row-writer.ts'
import { avroSchema } from './avro/schema.ts'

type Rows = RedactedPage['rows']

/** Rows in a form that clients ask for, as fields of the messages that carry them. */
export type RowFormat = {
  /** What a session says of its rows, and the first of a stream's messages. */
  readonly schema: object
  readonly rows: (rows: Rows) => object
}

export const formatNames = ['AVRO', 'ARROW'] as const
export type FormatName = (typeof formatNames)[number]

/** Columns are those of `fields`, at the places in a row that `places` names. */
type OpenFormat = (fields: readonly ResultField[], places: readonly number[]) => RowFormat

const formats: Readonly<Record<FormatName, { readonly number: number; readonly open: OpenFormat }>> = {
  AVRO: { number: 1, open: avroFormat },
  ARROW: { number: 2, open: arrowFormat },
}

export function openFormat(name: FormatName, fields: readonly ResultField[], places: readonly number[]): RowFormat {
  const { schema, rows } = formats[name].open(fields, places)
  return {
    schema,
    rows: given => {
      try {
        return { ...rows(given), rowCount: BigInt(given.length) }
      } catch (cause) {
        throw new Failure('warehouse_failed', {}, { cause })
      }
    },
  }
}

/** The value of `DataFormat`. */
export function formatNumber(name: FormatName): number {
  return formats[name].number
}

function arrowFormat(fields: readonly ResultField[], places: readonly number[]): RowFormat {
  const { schema, batch } = arrowMessages(fields, places)
  return {
    schema: { arrowSchema: { serializedSchema: schema } },
    rows: rows => ({ arrowRecordBatch: { serializedRecordBatch: batch(rows), rowCount: BigInt(rows.length) } }),
  }
}

function avroFormat(fields: readonly ResultField[], places: readonly number[]): RowFormat {
  const columns = places.flatMap(place => fields[place] ?? [])
  const bytes = new AvroBytes()
  const writeRow = (row: Rows[number]) => {
    columns.forEach(({ type }, index) => {
      writeField(row[places[index] ?? 0] ?? null, type, bytes)
    })
  }
  return {
    schema: { avroSchema: { schema: avroSchema(columns) } },
    rows: rows => {
      rows.forEach(writeRow)
      return { avroRows: { serializedBinaryRows: bytes.take(), rowCount: BigInt(rows.length) } }
    },
  }
}
