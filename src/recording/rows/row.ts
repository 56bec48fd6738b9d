/** The tables that the recorder writes. */
export const recordTables = ['events', 'column_access', 'results', 'checkpoints'] as const
export type RecordTable = (typeof recordTables)[number]

/** What a row may hold: what reads back from ClickHouse as the text that was sent. */
export type RowValue = string | number | boolean | null | readonly string[]
export type Row = Readonly<Record<string, RowValue>>

/** One row of one table, before the spool gives it its place in the chain. `ts` comes first. */
export type RowDraft = { readonly table: RecordTable; readonly json: string }

/**
 * A row as text: keys in the order given, without what ClickHouse would default to.
 * The proof over ClickHouse prints rows with this same function, so it must stay deterministic.
 */
export function printRow(row: Row): string {
  let text = ''
  for (const name in row) {
    const value = row[name]
    if (value === undefined || isEmpty(value)) continue
    text += `${text === '' ? '{' : ','}"${name}":${printValue(value)}`
  }
  return text === '' ? '{}' : `${text}}`
}

function isEmpty(value: RowValue): boolean {
  return value === null || value === '' || (typeof value === 'object' && value.length === 0)
}

function printValue(value: RowValue): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  for (const item of value) text += text === '' ? quote(item) : `,${quote(item)}`
  return `[${text}]`
}

/** What JSON may print otherwise than as it stands: quotes, backslashes, control characters and surrogates. */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

// Most texts of a row are short and plain; a call into the engine's printer for each would cost the most of an append.
function quote(text: string): string {
  if (!special.test(text)) return `"${text}"`
  const quoted = JSON.stringify(text)
  // Half of a surrogate pair is printed as an escape, which ClickHouse refuses; a client may send one.
  return quoted.includes('\\ud') ? JSON.stringify(text.replace(/\p{Surrogate}/gu, '\uFFFD')) : quoted
}

/** The row's text with more keys at its end; both hold something. */
export function extendRow(json: string, more: Row): string {
  return joinRows(json, printRow(more))
}

export function joinRows(json: string, more: string): string {
  return `${json.slice(0, -1)},${more.slice(1)}`
}

/** `2026-11-24 10:00:00.123000`, as ClickHouse prints a `DateTime64(6, 'UTC')`. */
export function timeText(at: Date): string {
  const text = at.toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 23)}000`
}

export function timeFromText(text: string): Date {
  return new Date(`${text.slice(0, 23).replace(' ', 'T')}Z`)
}
