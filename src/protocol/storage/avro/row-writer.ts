import type { ColumnType, ScalarType } from '../../../model/column-type.ts'
import type { Cell } from '../../../model/result.ts'
import { daysIn, endsIn, float64In, microsIn, microsOfDayIn, unscaledIn } from '../cell-numbers.ts'
import type { AvroBytes } from './avro-bytes.ts'

/** BigQuery's text of each type's values as Avro's bytes. */
const writers: Readonly<Record<ScalarType, (text: string, bytes: AvroBytes) => void>> = {
  BOOL: (text, bytes) => bytes.boolean(text.toLowerCase() === 'true'),
  INT64: (text, bytes) => bytes.long(BigInt(text)),
  FLOAT64: (text, bytes) => bytes.double(float64In(text)),
  NUMERIC: (text, bytes) => bytes.integer(unscaledIn(text, 9), 16),
  BIGNUMERIC: (text, bytes) => bytes.integer(unscaledIn(text, 38), 32),
  STRING: (text, bytes) => bytes.text(text),
  BYTES: (text, bytes) => bytes.text(text, 'base64'),
  DATE: (text, bytes) => bytes.long(daysIn(text)),
  DATETIME: (text, bytes) => bytes.text(text),
  TIME: (text, bytes) => bytes.long(microsOfDayIn(text)),
  TIMESTAMP: (text, bytes) => bytes.long(microsIn(text)),
  INTERVAL: (text, bytes) => bytes.text(text),
  GEOGRAPHY: (text, bytes) => bytes.text(text),
  JSON: (text, bytes) => bytes.text(text),
}

/** Writes a field that may be NULL: which of the two it is, and then the value. A list is never NULL. */
export function writeField(cell: Cell, type: ColumnType, bytes: AvroBytes): void {
  if (type.kind !== 'array') bytes.long(cell === null ? 0 : 1)
  if (cell !== null || type.kind === 'array') writeValue(cell, type, bytes)
}

function writeValue(cell: Cell, type: ColumnType, bytes: AvroBytes): void {
  switch (type.kind) {
    case 'scalar':
      writers[type.name](textIn(cell), bytes)
      break
    case 'array':
      writeItems(cell === null ? [] : itemsIn(cell), type.element, bytes)
      break
    case 'struct': {
      const items = itemsIn(cell)
      for (const [index, field] of type.fields.entries()) writeField(items[index] ?? null, field.type, bytes)
      break
    }
    case 'range':
      for (const end of endsIn(textIn(cell))) writeField(end ?? null, type.element, bytes)
  }
}

/** One block of all items, where there are any, and the empty block that ends them. */
function writeItems(items: readonly Cell[], element: ColumnType, bytes: AvroBytes): void {
  if (items.length > 0) {
    bytes.long(items.length)
    for (const item of items) writeValue(item, element, bytes)
  }
  bytes.long(0)
}

function textIn(cell: Cell): string {
  if (typeof cell === 'string') return cell
  throw new RangeError('a list or NULL is no text')
}

function itemsIn(cell: Cell): readonly Cell[] {
  if (cell !== null && typeof cell !== 'string') return cell
  throw new RangeError('a text or NULL is no list')
}
