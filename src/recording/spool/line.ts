import { crc32 } from 'node:zlib'
import type { RecordTable } from '../rows/row.ts'

/** What a line of a segment holds: a row of a table, or the head of the segment. */
export type LineKind = RecordTable | 'head'

const letters = {
  head: 'h',
  events: 'e',
  column_access: 'c',
  results: 'r',
  checkpoints: 'k',
} as const satisfies Record<LineKind, string>
const kinds = new Map<string, LineKind>(Object.entries(letters).map(([kind, letter]) => [letter, kind as LineKind]))

const numberDigits = 14
/** `e 1a2b3c4d 00000000000012 ` stands before the JSON, so that the JSON's own bytes can be sent as they are. */
export const prefixBytes = 2 + 8 + 1 + numberDigits + 1
/** The checksum is of everything after it. */
const checkedFrom = 2 + 8 + 1
const newline = 0x0a

export type SpoolLine = {
  readonly kind: LineKind
  /** Counts the lines of one writer across its segments. */
  readonly number: number
  /** The JSON and its newline. */
  readonly json: Buffer
}

export function frameLine(kind: LineKind, number: number, json: string): Buffer {
  const end = prefixBytes + Buffer.byteLength(json)
  // Filled in place, so that the text becomes bytes once.
  const line = Buffer.allocUnsafe(end + 1)
  line.write(`${letters[kind]} 00000000 ${String(number).padStart(numberDigits, '0')} `, 0, 'latin1')
  line.write(json, prefixBytes, 'utf8')
  line[end] = newline
  line.write(hex(crc32(line.subarray(checkedFrom))), 2, 'latin1')
  return line
}

/** The JSON of a framed line, without its newline. */
export function jsonOf(line: Buffer): Buffer {
  return line.subarray(prefixBytes, -1)
}

/** `line` ends with its newline. Gives nothing for a line that was torn or changed. */
export function parseLine(line: Buffer): SpoolLine | undefined {
  if (line.length <= prefixBytes || line.at(-1) !== newline) return undefined
  const kind = kinds.get(line.toString('latin1', 0, 1))
  if (kind === undefined || line.toString('latin1', 2, 10) !== hex(crc32(line.subarray(checkedFrom)))) return undefined
  const number = Number(line.toString('latin1', checkedFrom, checkedFrom + numberDigits))
  return { kind, number, json: line.subarray(prefixBytes) }
}

/** The month that a row belongs to, `2026-11`: every row begins with its `ts`. */
export function monthOf(line: SpoolLine): string {
  return line.json.toString('latin1', 7, 14)
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}
