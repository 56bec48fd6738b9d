import { type FileHandle, open } from 'node:fs/promises'
import { parseLine, type SpoolLine } from './line.ts'
import type { Position } from './position.ts'
import { listSegments, segmentPath } from './segment.ts'

/** A line that was torn or changed after it was written. */
export type CorruptLine = { readonly segment: number; readonly offset: number; readonly bytes: Buffer }

export type Reading = {
  readonly lines: readonly SpoolLine[]
  readonly corrupt: readonly CorruptLine[]
  readonly next: Position
}

const newline = 0x0a

/** Reads whole lines from a position, at most about `maxBytes` of one segment, and never past the end. */
export async function readLines(
  directory: string,
  from: Position,
  end: Position,
  limits: { maxBytes: number; maxLines: number },
): Promise<Reading> {
  const file = await open(segmentPath(directory, from.segment), 'r')
  try {
    const size = from.segment === end.segment ? end.offset : (await file.stat()).size
    const bytes = await readWhole(file, from.offset, size, limits.maxBytes)
    const reading = splitLines(bytes, from, limits.maxLines)
    // Room that was prepared and not used is zeros; a crash leaves it there.
    const isRoom = bytes[reading.next.offset - from.offset] === 0
    if (reading.next.offset < size && !isRoom) return reading
    return { ...reading, next: await followingSegment(directory, reading.next, end) }
  } finally {
    await file.close()
  }
}

// Grows until it holds one whole line, or all there is.
async function readWhole(file: FileHandle, offset: number, size: number, maxBytes: number): Promise<Buffer> {
  for (let wanted = maxBytes; ; wanted *= 4) {
    const length = Math.min(wanted, size - offset)
    const bytes = Buffer.alloc(Math.max(0, length))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset)
    const read = bytes.subarray(0, bytesRead)
    if (length < wanted || read.includes(newline) || read[0] === 0) return read
  }
}

/** Cuts bytes into lines. What stands after the last newline is not a line yet. */
export function splitLines(bytes: Buffer, from: Position, maxLines: number): Reading {
  const lines: SpoolLine[] = []
  const corrupt: CorruptLine[] = []
  let start = 0
  while (lines.length + corrupt.length < maxLines) {
    const stop = bytes.indexOf(newline, start)
    if (stop < 0) break
    const text = bytes.subarray(start, stop + 1)
    const line = parseLine(text)
    if (line === undefined) corrupt.push({ segment: from.segment, offset: from.offset + start, bytes: text })
    else lines.push(line)
    start = stop + 1
  }
  return { lines, corrupt, next: { segment: from.segment, offset: from.offset + start } }
}

async function followingSegment(directory: string, at: Position, end: Position): Promise<Position> {
  if (at.segment >= end.segment) return at
  const segments = await listSegments(directory)
  const following = segments.find(segment => segment > at.segment && segment <= end.segment)
  return following === undefined ? at : { segment: following, offset: 0 }
}
