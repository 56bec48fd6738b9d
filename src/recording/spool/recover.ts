import { readFile, rm, truncate } from 'node:fs/promises'
import { z } from 'zod'
import { openChangeOfRow } from '../open-request-row.ts'
import { type OpenRequest, OpenRequests } from '../open-requests.ts'
import type { ChainRange } from '../proof/checkpoint.ts'
import { type Chain, eventHash, newChain } from './chain.ts'
import type { SpoolLine } from './line.ts'
import type { Position } from './position.ts'
import { splitLines } from './read-lines.ts'
import { extendRange } from './sealing.ts'
import { listSegments, type SegmentHead, segmentHead, segmentPath } from './segment.ts'

/** What a writer's directory holds after its process has gone. */
export type Recovered = {
  readonly chain: Chain
  readonly open: readonly OpenRequest[]
  readonly end: Position
  /** Events that no checkpoint covers. */
  readonly unsealed?: ChainRange
  /** Bytes cut from the end: a write that was never confirmed. */
  readonly tornBytes: number
}

/** Cuts a torn end and reads where the writer stood. Only the newest segment is needed for that. */
export async function recover(directory: string, writer: string): Promise<Recovered> {
  const segments = await listSegments(directory)
  for (const segment of [...segments].reverse()) {
    const recovered = await recoverSegment(directory, segment)
    if (recovered !== undefined) return recovered
    // Its head was never durable, so nothing in it was ever confirmed.
    await rm(segmentPath(directory, segment))
  }
  return { chain: newChain(writer), open: [], end: { segment: 0, offset: 0 }, tornBytes: 0 }
}

async function recoverSegment(directory: string, segment: number): Promise<Recovered | undefined> {
  const path = segmentPath(directory, segment)
  const bytes = withoutRoom(await readFile(path))
  const { lines } = splitLines(bytes, { segment, offset: 0 }, Number.POSITIVE_INFINITY)
  const head = lines[0]?.kind === 'head' ? segmentHead.parse(JSON.parse(lines[0].json.toString())) : undefined
  if (head === undefined) return undefined
  const wholeBytes = endOfLastEvent(bytes, lines)
  await truncate(path, wholeBytes)
  const kept = lines.filter(line => endOf(bytes, line) <= wholeBytes)
  const tornBytes = bytes.length - wholeBytes
  return { ...standing(head, kept, tornBytes), end: { segment, offset: wholeBytes }, tornBytes }
}

// A process that was killed leaves room that it had prepared.
function withoutRoom(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.subarray(0, end)
}

// Rows come before their event, so a tail without an event is half of a write that was never confirmed.
function endOfLastEvent(bytes: Buffer, lines: readonly SpoolLine[]): number {
  const last = lines.findLast(({ kind }) => kind !== 'column_access' && kind !== 'results')
  return last === undefined ? 0 : endOf(bytes, last)
}

function endOf(bytes: Buffer, { json }: SpoolLine): number {
  return json.byteOffset - bytes.byteOffset + json.length
}

const placed = z.object({ seq: z.int(), prev_hash: z.string() })

function standing(head: SegmentHead, lines: readonly SpoolLine[], tornBytes: number) {
  const events = lines.filter(({ kind }) => kind === 'events').map(({ json }) => json.toString().trimEnd())
  const open = new OpenRequests(head.open)
  for (const event of events) {
    const change = openChangeOfRow(event)
    if (change !== undefined) open.apply(change)
  }
  const last = events.at(-1)
  const chain = {
    writer: head.writer,
    // A cut line may have used its number already; there were fewer of them than bytes.
    line: (lines.at(-1)?.number ?? 0) + tornBytes,
    seq: last === undefined ? head.seq : placed.parse(JSON.parse(last)).seq,
    previousHash: last === undefined ? head.previousHash : eventHash(last),
  }
  const unsealed = unsealedOf(head, lines, chain)
  return { chain, open: open.list(), ...(unsealed && { unsealed }) }
}

function unsealedOf(head: SegmentHead, lines: readonly SpoolLine[], end: Chain): ChainRange | undefined {
  const sealedAt = lines.findLastIndex(({ kind }) => kind === 'checkpoints')
  const left = sealedAt < 0 ? head.unsealed : undefined
  const events = lines.slice(sealedAt + 1).filter(({ kind }) => kind === 'events')
  const [first] = events
  if (first === undefined) return left
  const { seq, prev_hash } = placed.parse(JSON.parse(first.json.toString()))
  const times = events.map(({ json }) => json.toString('latin1', 7, 33))
  return extendRange(left, times, { ...end, seq: seq - 1, previousHash: prev_hash }, end)
}
