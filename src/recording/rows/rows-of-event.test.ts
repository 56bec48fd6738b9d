import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  sampleDecision,
  sampleDelivered,
  sampleFailed,
  sampleFinished,
  samplePage,
  sampleStarted,
} from '../../../test/fakes/sample-events.ts'
import type { ResultCaps } from '../../model/decision.ts'
import { chainColumns, emptyEventRow } from './event-columns.ts'
import { printRow, timeFromText, timeText } from './row.ts'
import { rowsOfEvent } from './rows-of-event.ts'

const settings = { tenant: 'acme', resultMaxRows: 2, resultMaxBytes: 1_000 }
type Json = Readonly<{ [column: string]: unknown }>

function rows(...[event]: [Parameters<typeof rowsOfEvent>[0]]) {
  return rowsOfEvent(event, 'event-1', settings).map(({ table, json }) => ({ table, row: JSON.parse(json) as Json }))
}

describe('the rows of an event', () => {
  test('stand in the order of the columns of the table', () => {
    const table = (name: string) => readFileSync(new URL(`../tables/${name}.sql`, import.meta.url), 'utf8')
    const columns = [...table('0001-events').matchAll(/^ {2}([a-z_]+) [A-Z]/gm)].map(([, name]) => name)
    const [, added, before] = /ADD COLUMN IF NOT EXISTS (\w+) .* AFTER (\w+)/.exec(table('0007-stages')) ?? []
    columns.splice(columns.indexOf(before) + 1, 0, added)
    expect(columns).toEqual([...Object.keys(emptyEventRow), ...chainColumns, 'batch_id', 'stored_at'])
  })

  test('end with the event itself, so that its line says that the others are whole', () => {
    expect(rows(sampleStarted()).map(({ table }) => table)).toEqual(['column_access', 'column_access', 'events'])
    const finished = sampleFinished(sampleStarted())
    expect(rows(finished).map(({ table }) => table)).toEqual(['results', 'events'])
  })

  test('say for each column that is used how it is used and which mask stands on it', () => {
    const accesses = rows(sampleStarted()).filter(({ table }) => table === 'column_access')
    expect(accesses.map(({ row }) => [row['column'], row['uses'], row['mask']])).toEqual([
      ['email', ['select'], 'sha256'],
      ['country', ['select', 'filter'], undefined],
    ])
  })

  test('hold both texts, the decision and the job of a start', () => {
    const started = sampleStarted()
    expect(rows(started).at(-1)?.row).toMatchObject({
      sql: started.asked.text,
      governed_sql: started.governed.value.text,
      job_id: started.job.jobId,
      effect: 'allow',
      masks: ['acme-prod.crm.customers.email=sha256'],
      tables: ['acme-prod.crm.customers'],
      verified_by: 'googlesql',
    })
  })

  test('hold the code and the cause of a failure', () => {
    expect(rows(sampleFailed(sampleStarted())).at(-1)?.row).toMatchObject({
      failure_code: 'warehouse_failed',
      cause: 'backendError',
    })
  })

  test('keep the first rows of a page, and the hash of all of it', () => {
    const page = samplePage([['a'], ['b'], ['c']])
    const [result, event] = rows(sampleDelivered(sampleStarted(), page))
    expect(result?.row).toMatchObject({ page_rows: 3, rows_kept: 2, rows: '[["a"],["b"]]' })
    const shorter = rows(sampleDelivered(sampleStarted(), samplePage([['a'], ['b']])))
    expect(event?.row['page_hash']).toBe(result?.row['page_hash'])
    expect(shorter[0]?.row['page_hash']).not.toBe(result?.row['page_hash'])
  })

  test('keep as much of a page as policy lets be kept, and never more than the settings do', () => {
    const page = samplePage([['a'], ['b'], ['c']])
    const kept = (resultCaps: ResultCaps) =>
      rows({ ...sampleDelivered(sampleStarted(), page), resultCaps })[0]?.row['rows_kept']
    expect(kept({ maxRows: 1 })).toBe(1)
    expect(kept({ maxRows: 3 })).toBe(2)
    expect(kept({ maxBytes: 5 })).toBe(1)
    expect(kept({ maxRows: 0 })).toBe(0)
  })

  test('leave out what the decision wants erased, and list it', () => {
    const decision = sampleDecision({ redact: ['/query/text', '/query/params/0/value'] })
    const started = sampleStarted({ decision })
    const all = rowsOfEvent(started, 'event-1', settings).map(({ json }) => json)
    expect(all.join()).not.toContain(started.asked.text)
    expect(all.join()).not.toContain(started.governed.value.text)
    expect(all.join()).not.toContain('"DE"')
    expect(JSON.parse(all.at(-1) ?? '')).toMatchObject({ erased: decision.redact })
    expect(started.asked.text).not.toBe('')
  })

  test('leave out delivered rows where the decision wants it', () => {
    const delivered = { ...sampleDelivered(sampleStarted(), samplePage([['secret']])), redact: ['/result/rows'] }
    const [result, event] = rows(delivered)
    expect(JSON.stringify([result, event])).not.toContain('secret')
    expect(result?.row).toMatchObject({ page_rows: 1, rows_kept: 0 })
    expect(event?.row).toMatchObject({ rows_delivered: 1, erased: ['/result/rows'] })
  })

  test('are refused where a pointer names nothing that can be erased', () => {
    const started = sampleStarted({ decision: sampleDecision({ redact: ['/query/txet'] }) })
    expect(() => rows(started)).toThrow('/query/txet')
  })
})

describe('a printed row', () => {
  test('leaves out what is empty, but not zero or false', () => {
    expect(printRow({ a: '', b: [], c: null, d: 0, e: false })).toBe('{"d":0,"e":false}')
  })

  test('holds no half of a surrogate pair, which ClickHouse would refuse', () => {
    expect(printRow({ a: 'x\ud800y', b: ['😀'] })).toBe('{"a":"x\ufffdy","b":["😀"]}')
  })

  test('gives times that read back as they were', () => {
    const at = new Date('2026-02-03T04:05:06.789Z')
    expect(timeText(at)).toBe('2026-02-03 04:05:06.789000')
    expect(timeFromText(timeText(at))).toEqual(at)
  })
})
