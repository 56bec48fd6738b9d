import { describe, expect, test } from 'vitest'
import type { RecordedPage } from '../../recording/read/show-session.ts'
import { comparePages } from './compare-pages.ts'

function page(rows: readonly (readonly string[])[], changes: Partial<RecordedPage> = {}): RecordedPage {
  const counts = { page_index: 0, page_rows: rows.length, rows_kept: rows.length }
  return {
    event_id: 'e',
    fields: [],
    rows: rows as RecordedPage['rows'],
    page_hash: JSON.stringify(rows),
    ...counts,
    ...changes,
  }
}

describe('a query that ran again', () => {
  test('gave the same where every page has the same hash', () => {
    expect(comparePages([page([['a']]), page([['b']])], [page([['a']]), page([['b']])])).toBe('same')
  })

  test('gave the same rows in another order', () => {
    expect(comparePages([page([['a'], ['b']])], [page([['b'], ['a']])])).toBe('same rows in another order')
  })

  test('gave other rows', () => {
    expect(comparePages([page([['a'], ['a']])], [page([['a']])])).toBe('other rows')
  })

  test('cannot be judged by rows that are not on record', () => {
    const cut = page([['a']], { page_rows: 2, page_hash: 'x' })
    expect(comparePages([cut], [page([['a'], ['b']])])).toBe('another hash')
  })
})
