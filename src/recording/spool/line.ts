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

const firstBytes = 65_536
/** More than this is given back once it is not needed. */
const keptBytes = 4 * 1024 ** 2

/** Lines one after another, in memory that is used again for the next ones. */
export class LineBlock {
  #room: Buffer
  #length = 0

  constructor(roomBytes = firstBytes) {
    this.#room = Buffer.allocUnsafe(roomBytes)
  }

  /** All lines, as they stand until there are others. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
    if (this.#room.length > keptBytes) this.#room = Buffer.allocUnsafe(firstBytes)
  }

  /** Adds a line. Gives the bytes of its JSON, without the newline. */
  add(kind: LineKind, number: number, json: string): Buffer {
    const start = this.#length
    // A character takes three bytes at most.
    this.#reserve(start + prefixBytes + 3 * json.length + 1)
    const room = this.#room
    const from = start + prefixBytes
    room.write(`${letters[kind]} 00000000 ${String(number).padStart(numberDigits, '0')} `, start, 'latin1')
    const end = from + room.write(json, from, 'utf8')
    room[end] = newline
    room.write(hex(crc32(room.subarray(start + checkedFrom, end + 1))), start + 2, 'latin1')
    this.#length = end + 1
    return room.subarray(from, end)
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#room.length) return
    const larger = Buffer.allocUnsafe(Math.max(bytes, 2 * this.#room.length))
    this.bytes.copy(larger)
    this.#room = larger
  }
}

export function frameLine(kind: LineKind, number: number, json: string): Buffer {
  const block = new LineBlock(0)
  block.add(kind, number, json)
  return block.bytes
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
