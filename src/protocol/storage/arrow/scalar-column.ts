import { BufferType, Data } from 'apache-arrow'
import type { ScalarType } from '../../../model/column-type.ts'
import { daysIn, float64In, microsIn, microsOfDayIn, unscaledIn } from '../cell-numbers.ts'
import { arrowType, bignumericScale, numericScale } from './field-type.ts'
import { bitsOf, validityOf } from './validity.ts'

type Texts = readonly (string | null)[]
type ScalarColumn = (texts: Texts) => Data

/** BigQuery's text of each type's values as Arrow's bytes. */
export const scalarColumns: Readonly<Record<ScalarType, ScalarColumn>> = {
  BOOL: texts => dataOf('BOOL', texts, { data: bitsOf(texts, text => text?.toLowerCase() === 'true') }),
  INT64: texts => dataOf('INT64', texts, { data: bigInts(texts, BigInt) }),
  FLOAT64: texts => dataOf('FLOAT64', texts, { data: Float64Array.from(texts, text => float64In(text ?? '0')) }),
  NUMERIC: texts => dataOf('NUMERIC', texts, { data: decimals(texts, numericScale, 2) }),
  BIGNUMERIC: texts => dataOf('BIGNUMERIC', texts, { data: decimals(texts, bignumericScale, 4) }),
  STRING: texts => dataOf('STRING', texts, bytesOf(texts, 'utf8')),
  BYTES: texts => dataOf('BYTES', texts, bytesOf(texts, 'base64')),
  DATE: texts => dataOf('DATE', texts, { data: Int32Array.from(texts, text => (text === null ? 0 : daysIn(text))) }),
  DATETIME: texts => dataOf('DATETIME', texts, { data: bigInts(texts, microsIn) }),
  TIME: texts => dataOf('TIME', texts, { data: bigInts(texts, microsOfDayIn) }),
  TIMESTAMP: texts => dataOf('TIMESTAMP', texts, { data: bigInts(texts, microsIn) }),
  INTERVAL: texts => dataOf('INTERVAL', texts, bytesOf(texts, 'utf8')),
  GEOGRAPHY: texts => dataOf('GEOGRAPHY', texts, bytesOf(texts, 'utf8')),
  JSON: texts => dataOf('JSON', texts, bytesOf(texts, 'utf8')),
}

type ColumnBytes = { readonly data: NodeJS.TypedArray; readonly valueOffsets?: Int32Array }

function dataOf(name: ScalarType, texts: Texts, { data, valueOffsets }: ColumnBytes): Data {
  const type = arrowType({ kind: 'scalar', name })
  const { nullCount, nullBitmap } = validityOf(texts)
  const buffers = {
    ...(valueOffsets === undefined ? {} : { [BufferType.OFFSET]: valueOffsets }),
    ...(nullBitmap === undefined ? {} : { [BufferType.VALIDITY]: nullBitmap }),
    [BufferType.DATA]: data,
  }
  return new Data(type, 0, texts.length, nullCount, buffers)
}

function bigInts(texts: Texts, read: (text: string) => bigint): BigInt64Array {
  return BigInt64Array.from(texts, text => (text === null ? 0n : read(text)))
}

/** Two's complement, the lowest 64 bits first. */
function decimals(texts: Texts, scale: number, wordsEach: number): Uint32Array {
  const words = new BigInt64Array(texts.length * wordsEach)
  texts.forEach((text, index) => {
    let rest = text === null ? 0n : unscaledIn(text, scale)
    for (let word = 0; word < wordsEach; word++, rest >>= 64n) words[index * wordsEach + word] = BigInt.asIntN(64, rest)
  })
  return new Uint32Array(words.buffer)
}

function bytesOf(texts: Texts, encoding: 'utf8' | 'base64'): ColumnBytes {
  const valueOffsets = new Int32Array(texts.length + 1)
  texts.forEach((text, index) => {
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + (text === null ? 0 : Buffer.byteLength(text, encoding))
  })
  const data = Buffer.alloc(valueOffsets[texts.length] ?? 0)
  texts.forEach((text, index) => {
    if (text !== null) data.write(text, valueOffsets[index] ?? 0, encoding)
  })
  return { data, valueOffsets }
}
