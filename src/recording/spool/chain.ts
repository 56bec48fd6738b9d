import { hash } from 'node:crypto'
import { extendRow, type RowDraft } from '../rows/row.ts'
import type { LineBlock } from './line.ts'

/** Where a writer stands: the next line builds on this. */
export type Chain = {
  readonly writer: string
  /** Lines written so far. */
  readonly line: number
  /** Events written so far. */
  readonly seq: number
  /** sha256 (hex) of the last event's JSON; zeros before the first. */
  readonly previousHash: string
}

export function newChain(writer: string): Chain {
  return { writer, line: 0, seq: 0, previousHash: '0'.repeat(64) }
}

/** Adds rows as lines, each at its place; every event carries the hash of the one before it and of the rows beside it. */
export function frameRows(rows: readonly RowDraft[], start: Chain, block: LineBlock): Chain {
  let { line, seq, previousHash } = start
  let rowHashes: string[] = []
  const { writer } = start
  for (const { table, json } of rows) {
    line += 1
    if (table !== 'events') {
      const added = block.add(table, line, extendRow(json, { writer, line }))
      if (table !== 'checkpoints') rowHashes.push(rowHash(added))
      continue
    }
    seq += 1
    const place = { writer, line, seq, prev_hash: previousHash }
    const more = rowHashes.length === 0 ? place : { ...place, row_hashes: rowHashes }
    previousHash = eventHash(block.add(table, line, extendRow(json, more)))
    rowHashes = []
  }
  return { writer, line, seq, previousHash }
}

export function eventHash(json: string | Buffer): string {
  return hash('sha256', json)
}

/** Of a row that stands before its event; half of a sha256, for there is one in every event for each such row. */
export function rowHash(json: string | Buffer): string {
  return eventHash(json).slice(0, 32)
}
