import { hash } from 'node:crypto'
import { extendRow, type RowDraft } from '../rows/row.ts'
import { frameLine, jsonOf } from './line.ts'

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

export type Framed = { readonly lines: readonly Buffer[]; readonly chain: Chain }

export function newChain(writer: string): Chain {
  return { writer, line: 0, seq: 0, previousHash: '0'.repeat(64) }
}

/** Rows as lines, each at its place; every event carries the hash of the one before it and of the rows beside it. */
export function frameRows(rows: readonly RowDraft[], start: Chain): Framed {
  let { line, seq, previousHash } = start
  let rowHashes: string[] = []
  const { writer } = start
  const lines = rows.map(({ table, json }) => {
    line += 1
    if (table === 'checkpoints') return frameLine(table, line, extendRow(json, { writer, line }))
    if (table !== 'events') {
      const framed = frameLine(table, line, extendRow(json, { writer, line }))
      rowHashes.push(rowHash(jsonOf(framed)))
      return framed
    }
    seq += 1
    const place = { writer, line, seq, prev_hash: previousHash }
    const more = rowHashes.length === 0 ? place : { ...place, row_hashes: rowHashes }
    const framed = frameLine(table, line, extendRow(json, more))
    previousHash = eventHash(jsonOf(framed))
    rowHashes = []
    return framed
  })
  return { lines, chain: { writer, line, seq, previousHash } }
}

export function eventHash(json: string | Buffer): string {
  return hash('sha256', json)
}

/** Of a row that stands before its event; half of a sha256, for there is one in every event for each such row. */
export function rowHash(json: string | Buffer): string {
  return eventHash(json).slice(0, 32)
}
