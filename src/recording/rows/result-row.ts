import { createHash } from 'node:crypto'
import type { ResultCaps } from '../../model/decision.ts'
import type { RedactedPage } from '../../model/result.ts'
import { documentText } from './document-text.ts'
import type { Row } from './row.ts'

/** The most that is kept of any page, whatever policy says. */
export type ResultCeilings = { readonly resultMaxRows: number; readonly resultMaxBytes: number }

/** The event and the result of one page both carry its hash. */
const hashes = new WeakMap<RedactedPage, string>()

/** Hash of a page as it was delivered, whole, whatever part of it is kept. */
export function pageHash(page: RedactedPage): string {
  const { fields, rows } = page
  const hash = hashes.get(page) ?? createHash('sha256').update(documentText({ fields, rows })).digest('hex')
  hashes.set(page, hash)
  return hash
}

/** The columns of `results`: the page as delivered, cut to what policy and the settings keep. */
export function resultRow(page: RedactedPage, deliveredRows: number, caps: Required<ResultCaps>): Row {
  const { texts, bytes } = keptRows(page, caps)
  return {
    page_index: page.index,
    page_rows: deliveredRows,
    total_rows: page.totalRows ?? null,
    page_hash: pageHash(page),
    fields: documentText(page.fields),
    rows_kept: texts.length,
    bytes_kept: bytes,
    rows: `[${texts.join(',')}]`,
  }
}

export function tighterCaps({ maxRows, maxBytes }: ResultCaps, ceilings: ResultCeilings): Required<ResultCaps> {
  return {
    maxRows: Math.min(maxRows ?? ceilings.resultMaxRows, ceilings.resultMaxRows),
    maxBytes: Math.min(maxBytes ?? ceilings.resultMaxBytes, ceilings.resultMaxBytes),
  }
}

function keptRows(page: RedactedPage, { maxRows, maxBytes }: Required<ResultCaps>) {
  const texts: string[] = []
  let bytes = 0
  for (const row of page.rows.slice(0, maxRows)) {
    const text = JSON.stringify(row)
    if (bytes + Buffer.byteLength(text) > maxBytes) break
    bytes += Buffer.byteLength(text)
    texts.push(text)
  }
  return { texts, bytes }
}
