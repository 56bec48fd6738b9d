import type { JsonObject } from '@bufbuild/protobuf'
import type { ScalarType } from '../model/column-type.ts'
import { dateNumber, dateText, datetimeBits, datetimeText, timeBits, timestampText, timeText } from './civil-time.ts'
import { decimalBytes, decimalText } from './decimals.ts'

const numericScale = 9
const bignumericScale = 38

/** The text of a scalar as a ValueProto in JSON form. */
export function scalarJson(text: string, type: ScalarType): JsonObject {
  switch (type) {
    case 'BOOL':
      return { boolValue: text === 'true' }
    case 'INT64':
      return { int64Value: text }
    case 'FLOAT64':
      return { doubleValue: Number.isFinite(Number(text)) ? Number(text) : text }
    case 'STRING':
      return { stringValue: text }
    case 'BYTES':
      return { bytesValue: text }
    case 'JSON':
      return { jsonValue: text }
    case 'NUMERIC':
      return { numericValue: base64(decimalBytes(text, numericScale)) }
    case 'BIGNUMERIC':
      return { bignumericValue: base64(decimalBytes(text, bignumericScale)) }
    case 'DATE':
      return { dateValue: dateNumber(text) }
    case 'TIME':
      return { timeValue: timeBits(text).toString() }
    case 'DATETIME': {
      const { seconds, nanos } = datetimeBits(text)
      return { datetimeValue: { bitFieldDatetimeSeconds: seconds.toString(), nanos } }
    }
    case 'TIMESTAMP':
      return { timestampValue: text.replace(' ', 'T').replace(/ ?(?:UTC|\+00(?::00)?)$/, 'Z') }
    case 'INTERVAL':
    case 'GEOGRAPHY':
      throw new Error(`Sample rows cannot hold ${type} values.`)
  }
}

type Datetime = { readonly bitFieldDatetimeSeconds: bigint; readonly nanos: number }
type Timestamp = { readonly seconds: bigint; readonly nanos: number }

/** The text of a ValueProto's scalar; what has no text of its own is base64, as BYTES are. */
export function scalarText(kind: string, value: unknown): string {
  if (kind === 'dateValue') return dateText(Number(value))
  if (kind === 'timeValue') return timeText(BigInt(String(value)))
  if (kind === 'datetimeValue') {
    const { bitFieldDatetimeSeconds, nanos } = value as Datetime
    return datetimeText(bitFieldDatetimeSeconds, nanos)
  }
  if (kind === 'timestampValue') {
    const { seconds, nanos } = value as Timestamp
    return timestampText(seconds, nanos)
  }
  if (!(value instanceof Uint8Array)) return String(value)
  if (kind === 'numericValue') return decimalText(value, numericScale)
  if (kind === 'bignumericValue') return decimalText(value, bignumericScale)
  return base64(value)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
