import { monthOf, type SpoolLine } from '../spool/line.ts'
import type { Batch } from './sink.ts'

export type BatchLimits = { readonly rows: number; readonly bytes: number }

/** Lines of a spool as batches: one table and one partition each, so that a store takes a batch whole or not at all. */
export function batchesOf(writer: string, lines: readonly SpoolLine[], limits: BatchLimits): readonly Batch[] {
  const groups = new Map<string, SpoolLine[]>()
  for (const line of lines) {
    const key = `${line.kind} ${monthOf(line)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [line])
    else group.push(line)
  }
  return [...groups.values()].flatMap(group => cut(group, limits).flatMap(part => batchOf(writer, part) ?? []))
}

export function batchOf(writer: string, lines: readonly SpoolLine[]): Batch | undefined {
  const [first, last] = [lines[0], lines.at(-1)]
  if (first === undefined || last === undefined || first.kind === 'head') return undefined
  return { id: `${writer}/${first.number}-${last.number}`, writer, table: first.kind, lines }
}

function cut(lines: readonly SpoolLine[], { rows, bytes }: BatchLimits): readonly SpoolLine[][] {
  const parts: SpoolLine[][] = []
  let room = { rows: 0, bytes: 0 }
  for (const line of lines) {
    const part = parts.at(-1)
    if (part === undefined || room.rows < 1 || room.bytes < line.json.length) {
      parts.push([line])
      room = { rows: rows - 1, bytes: bytes - line.json.length }
    } else {
      part.push(line)
      room = { rows: room.rows - 1, bytes: room.bytes - line.json.length }
    }
  }
  return parts
}
