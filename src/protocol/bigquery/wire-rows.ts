import type { ColumnType } from '../../model/column-type.ts'
import type { Cell, RedactedPage } from '../../model/result.ts'

export type TimestampFormat = 'FLOAT64' | 'INT64' | 'ISO8601_STRING'
type WireCell = { readonly v: WireValue }
type WireValue = string | null | readonly WireCell[] | WireRow
export type WireRow = { readonly f: readonly WireCell[] }

/** The rows of a page in the form of the REST API. */
export function wireRows(page: RedactedPage, format: TimestampFormat): readonly WireRow[] {
  const types = page.fields.map(({ type }) => type)
  return page.rows.map(row => wireRow(row, types, format))
}

function wireRow(cells: readonly Cell[], types: readonly ColumnType[], format: TimestampFormat): WireRow {
  return { f: types.map((type, index) => ({ v: wireValue(cells[index] ?? null, type, format) })) }
}

function wireValue(cell: Cell, type: ColumnType, format: TimestampFormat): WireValue {
  // A repeated field that is NULL is an empty list on the wire.
  if (cell === null) return type.kind === 'array' ? [] : null
  if (typeof cell === 'string') return textOf(cell, type, format)
  if (type.kind === 'array') return cell.map(item => ({ v: wireValue(item, type.element, format) }))
  if (type.kind === 'struct') {
    return wireRow(
      cell,
      type.fields.map(field => field.type),
      format,
    )
  }
  return null
}

function textOf(text: string, type: ColumnType, format: TimestampFormat): string {
  if (format === 'ISO8601_STRING') return text
  if (type.kind === 'range' && isTimestamp(type.element)) {
    return text.replaceAll(/\d{4}-[^,)\s]+Z/g, time => timestampText(time, format))
  }
  return isTimestamp(type) ? timestampText(text, format) : text
}

function isTimestamp(type: ColumnType): boolean {
  return type.kind === 'scalar' && type.name === 'TIMESTAMP'
}

/** `2024-01-01T00:00:00.123456Z` as microseconds or as seconds since 1970. Text in another form stays as it is. */
export function timestampText(text: string, format: 'FLOAT64' | 'INT64'): string {
  const [, whole, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(text) ?? []
  if (whole === undefined) return text
  const micros = BigInt(Date.parse(`${whole}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0'))
  return format === 'INT64' ? String(micros) : secondsText(micros)
}

/** Exact, in the form that BigQuery writes: `1.7040672E9`. A double would lose microseconds of far dates. */
function secondsText(micros: bigint): string {
  if (micros === 0n) return '0.0'
  const digits = String(micros < 0n ? -micros : micros)
  const mantissa = digits.replace(/0+$/, '')
  const [lead = '0', rest = ''] = [mantissa[0], mantissa.slice(1)]
  return `${micros < 0n ? '-' : ''}${lead}.${rest === '' ? '0' : rest}E${digits.length - 7}`
}
