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
  // Blanked in a copy of the same shape: an object that grows key by key becomes a slow hash table.
  const kept: Record<string, RowValue | undefined> = { ...row }
  for (const name in kept) if (isEmpty(kept[name])) kept[name] = undefined
  const text = JSON.stringify(kept)
  // Half of a surrogate pair is printed as an escape, which ClickHouse refuses; a client may send one.
  return text.includes('\\ud') ? JSON.stringify(kept, wellFormed) : text
}

function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
}

function isEmpty(value: RowValue | undefined): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The row's text with more keys at its end; both hold something. */
export function extendRow(json: string, more: Row): string {
  return joinRows(json, JSON.stringify(more))
}

export function joinRows(json: string, more: string): string {
  return `${json.slice(0, -1)},${more.slice(1)}`
}

/** `2026-11-24 10:00:00.123000`, as ClickHouse prints a `DateTime64(6, 'UTC')`. */
export function timeText(at: Date): string {
  return `${at.toISOString().slice(0, 23).replace('T', ' ')}000`
}

export function timeFromText(text: string): Date {
  return new Date(`${text.slice(0, 23).replace(' ', 'T')}Z`)
}
