import type { ColumnType } from '../model/column-type.ts'
import { Failure } from '../model/failure.ts'
import type { Cell } from '../model/result.ts'

/** A cell of the REST API (`{v: …}`, structs `{f: […]}`) as a plain cell; timestamps become ISO text in UTC. */
export function cellOf(wire: unknown, type: ColumnType): Cell {
  const value = valueIn(wire)
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'array':
      return listIn(value).map(item => cellOf(item, type.element))
    case 'struct': {
      const cells = listIn((value as { f?: unknown }).f)
      return type.fields.map((field, index) => cellOf(cells[index], field.type))
    }
    case 'range':
      return isTimestamp(type.element) ? rangeText(String(value)) : String(value)
    case 'scalar':
      return isTimestamp(type) ? timestampText(String(value)) : String(value)
  }
}

/** About the length of the cell as JSON; making that text would take as long as reading the page. */
export function sizeOf(cell: Cell): number {
  if (cell === null) return 'null'.length
  if (typeof cell === 'string') return cell.length + 2
  return cell.reduce((sum: number, item) => sum + sizeOf(item) + 1, 1)
}

function isTimestamp(type: ColumnType): boolean {
  return type.kind === 'scalar' && type.name === 'TIMESTAMP'
}

/** `[start, end)` of timestamps; an end that is open stays as it is written. */
function rangeText(text: string): string {
  return text.replaceAll(/-?\d{5,}/g, timestampText)
}

function valueIn(wire: unknown): unknown {
  return typeof wire === 'object' && wire !== null && 'v' in wire ? wire.v : undefined
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Failure(
    'warehouse_failed',
    {},
    { cause: `a list was expected, not ${JSON.stringify(value)?.slice(0, 100)}` },
  )
}

/** Microseconds since 1970 (as `useInt64Timestamp` gives them) as `2024-01-01T00:00:00.123456Z`, without a zero fraction. */
export function timestampText(microseconds: string): string {
  if (!/^-?\d+$/.test(microseconds)) return microseconds
  const micros = BigInt(microseconds)
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - fraction) / 1_000n)).toISOString().slice(0, 19)
  return fraction === 0n ? `${seconds}Z` : `${seconds}.${String(fraction).padStart(6, '0')}Z`
}
