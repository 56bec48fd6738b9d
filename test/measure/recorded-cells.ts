import type { RecordedField } from './recorded-cases.ts'

/** Cells as the REST API sends them, or as the corpus has them, in one form that equal values share. */
export type WireCell = { readonly v: unknown }

/** A row of the REST API in that form. */
export function canonicalWireRow(cells: readonly WireCell[], fields: readonly RecordedField[]): string {
  return JSON.stringify(fields.map((field, at) => wireCell(cells[at]?.v ?? null, field)))
}

/** A row of the corpus in that form. Two columns of one name are one there. */
export function canonicalRecordedRow(row: Readonly<Record<string, unknown>>, fields: readonly RecordedField[]): string {
  return JSON.stringify(fields.map(field => recordedCell(row[field.name] ?? null, field)))
}

const single = (field: RecordedField): RecordedField => ({ ...field, mode: 'NULLABLE' })

function wireCell(value: unknown, field: RecordedField): unknown {
  if (value === null) return field.mode === 'REPEATED' ? [] : null
  if (field.mode === 'REPEATED') return (value as WireCell[]).map(({ v }) => wireCell(v, single(field)))
  const { type, fields = [] } = field
  if (type === 'RECORD')
    return fields.map((inner, at) => wireCell((value as { f: WireCell[] }).f[at]?.v ?? null, inner))
  if (type === 'TIMESTAMP') return String(value)
  return scalar(String(value), type)
}

function recordedCell(value: unknown, field: RecordedField): unknown {
  if (value === null) return field.mode === 'REPEATED' ? [] : null
  if (field.mode === 'REPEATED') return (value as unknown[]).map(item => recordedCell(item, single(field)))
  const { type, fields = [] } = field
  if (type === 'RECORD') return fields.map(inner => recordedCell((value as Record<string, unknown>)[inner.name], inner))
  if (type === 'TIMESTAMP') return microseconds(String(value))
  if (type === 'INTERVAL') return recordedInterval(String(value))
  if (type === 'RANGE') {
    const { start, end } = value as { start: string | null; end: string | null }
    return scalar(`[${start ?? 'UNBOUNDED'}, ${end ?? 'UNBOUNDED'})`, type)
  }
  return scalar(typeof value === 'object' ? JSON.stringify(value) : String(value), type)
}

/** The forms of one value that say the same: `1` and `1.0`, `T00:00:00` and nothing, spaces in JSON. */
function scalar(text: string, type: string): unknown {
  switch (type) {
    case 'FLOAT':
      return String(
        Number(Number(text.replace(/^-?inf$/i, sign => `${sign.startsWith('-') ? '-' : ''}Infinity`)).toPrecision(13)),
      )
    case 'NUMERIC':
    case 'BIGNUMERIC':
      return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    case 'DATETIME':
    case 'TIME':
      return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    case 'BOOLEAN':
      return text.toLowerCase()
    case 'JSON':
      return sorted(JSON.parse(text))
    case 'RANGE':
      return text
        .replaceAll(/\d{10,}/g, micros => new Date(Number(micros) / 1000).toISOString())
        .replaceAll(/\.0+|Z|\+00:00/g, '')
        .replaceAll(' ', 'T')
    default:
      return text
  }
}

function microseconds(iso: string): string {
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? ''
  const seconds = Math.floor(Date.parse(iso.replace(/\.\d+/, '')) / 1000)
  return String(BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6)))
}

/** `relativedelta(months=+1, days=+10)` as BigQuery writes an interval: `0-1 10 0:0:0`. */
function recordedInterval(text: string): string {
  const part = (name: string) => Number(new RegExp(`${name}=\\+?(-?\\d+)`).exec(text)?.[1] ?? 0)
  const time = `${part('hours')}:${part('minutes')}:${part('seconds')}`
  return `${part('years')}-${part('months')} ${part('days')} ${time}`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
