import { createHash } from 'node:crypto'
import { extendRow, type RowDraft } from '../rows/row.ts'
import { frameLine } from './line.ts'

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

/** Rows as lines, each at its place; every event carries the hash of the one before it. */
export function frameRows(rows: readonly RowDraft[], start: Chain): { lines: readonly Buffer[]; chain: Chain } {
  let chain = start
  const lines = rows.map(({ table, json }) => {
    const place = { writer: chain.writer, line: chain.line + 1 }
    if (table !== 'events') {
      chain = { ...chain, line: place.line }
      return frameLine(table, place.line, extendRow(json, place))
    }
    const seq = chain.seq + 1
    const text = extendRow(json, { ...place, seq, prev_hash: chain.previousHash })
    chain = { ...chain, line: place.line, seq, previousHash: eventHash(text) }
    return frameLine(table, place.line, text)
  })
  return { lines, chain }
}

export function eventHash(json: string): string {
  return createHash('sha256').update(json).digest('hex')
}
