import { createHash } from 'node:crypto'
import type { RedactedPage } from '../../model/result.ts'
import { documentText } from './document-text.ts'
import type { Row } from './row.ts'

export type ResultCaps = { readonly resultMaxRows: number; readonly resultMaxBytes: number }

/** The event and the result of one page both carry its hash. */
const hashes = new WeakMap<RedactedPage, string>()

/** Hash of a page as it was delivered, whole, whatever part of it is kept. */
export function pageHash(page: RedactedPage): string {
  const { fields, rows } = page
  const hash = hashes.get(page) ?? createHash('sha256').update(documentText({ fields, rows })).digest('hex')
  hashes.set(page, hash)
  return hash
}

/** The columns of `results`: the page as delivered, cut to what the settings keep. */
export function resultRow(page: RedactedPage, caps: ResultCaps): Row {
  const { texts, bytes } = keptRows(page, caps)
  return {
    page_index: page.index,
    page_rows: page.rows.length,
    total_rows: page.totalRows ?? null,
    page_hash: pageHash(page),
    fields: documentText(page.fields),
    rows_kept: texts.length,
    bytes_kept: bytes,
    rows: `[${texts.join(',')}]`,
  }
}

function keptRows(page: RedactedPage, { resultMaxRows, resultMaxBytes }: ResultCaps) {
  const texts: string[] = []
  let bytes = 0
  for (const row of page.rows.slice(0, resultMaxRows)) {
    const text = JSON.stringify(row)
    if (bytes + Buffer.byteLength(text) > resultMaxBytes) break
    bytes += Buffer.byteLength(text)
    texts.push(text)
  }
  return { texts, bytes }
}
