import { makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } from 'apache-arrow'
import type { RedactedPage, ResultField } from '../../../model/result.ts'
import { columnOf } from './column.ts'
import { arrowField } from './field-type.ts'

/** The messages of Arrow's stream form, each on its own: a schema once, then one batch for each page. */
export type ArrowMessages = {
  readonly schema: Uint8Array
  readonly batch: (rows: RedactedPage['rows']) => Uint8Array
}

/** Columns are those of `fields`, at the places in a row that `places` names. */
export function arrowMessages(fields: readonly ResultField[], places: readonly number[]): ArrowMessages {
  const columns = places.flatMap(place => fields[place] ?? [])
  const schema = new Schema(columns.map(({ name, type, nullable }) => arrowField(name, type, nullable)))
  const alone = streamOf(schema)
  return {
    schema: alone,
    batch: rows => {
      const children = columns.map(({ type }, index) => columnOf(cellsAt(rows, places[index] ?? 0), type))
      const all = makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children })
      return streamOf(schema, new RecordBatch(schema, all)).subarray(alone.length)
    },
  }
}

function cellsAt(rows: RedactedPage['rows'], place: number) {
  return rows.map(row => row[place] ?? null)
}

/** Ends every stream; messages that stand alone have none. */
const endMarkBytes = 8

function streamOf(schema: Schema, ...batches: readonly RecordBatch[]): Uint8Array {
  const writer = new RecordBatchStreamWriter()
  writer.reset(undefined, schema)
  for (const batch of batches) writer.write(batch)
  writer.close()
  const bytes = writer.toUint8Array(true)
  return bytes.subarray(0, bytes.length - endMarkBytes)
}
