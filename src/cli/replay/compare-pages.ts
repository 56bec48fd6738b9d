import type { RecordedPage } from '../../recording/read/show-session.ts'

/** How the rows of a query that ran again stand to those on record. */
export type Comparison =
  | 'same'
  /** The same rows; the query does not say in which order. */
  | 'same rows in another order'
  | 'other rows'
  /** Hashes differ, and too little of the rows is on record to say more. */
  | 'another hash'

/** Pages in order, each of which must hash as it did; else all rows together, where all of them are on record. */
export function comparePages(then: readonly RecordedPage[], now: readonly RecordedPage[]): Comparison {
  const isSame = then.length === now.length && then.every((page, index) => page.page_hash === now[index]?.page_hash)
  if (isSame) return 'same'
  if (![...then, ...now].every(({ page_rows, rows_kept }) => page_rows === rows_kept)) return 'another hash'
  return sortedRows(then) === sortedRows(now) ? 'same rows in another order' : 'other rows'
}

function sortedRows(pages: readonly RecordedPage[]): string {
  return JSON.stringify(pages.flatMap(({ rows }) => rows.map(row => JSON.stringify(row))).sort())
}
