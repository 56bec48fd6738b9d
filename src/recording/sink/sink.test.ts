import { describe, expect, test } from 'vitest'
import { frameLine, parseLine, type SpoolLine } from '../spool/line.ts'
import { backOffMs } from './back-off.ts'
import { batchesOf, batchOf } from './batches.ts'
import { deliver } from './deliver.ts'
import { type Batch, RowsRefused, type Sink } from './sink.ts'

function line(number: number, month = '2026-01', table: 'events' | 'results' = 'events'): SpoolLine {
  const parsed = parseLine(frameLine(table, number, JSON.stringify({ ts: `${month}-01 00:00:00.000000`, number })))
  if (parsed === undefined) throw new Error('the line does not read back')
  return parsed
}

const numbersOf = ({ lines }: Batch) => lines.map(({ number }) => number)
const limits = { rows: 3, bytes: 1e6 }

describe('batches', () => {
  test('hold one table and one month each, in order, and no more rows than allowed', () => {
    const lines = [line(1), line(2, '2026-02'), line(3), line(4, '2026-01', 'results'), line(5), line(6), line(7)]
    const batches = batchesOf('w', lines, limits)
    expect(batches.map(batch => [batch.table, ...numbersOf(batch)])).toEqual([
      ['events', 1, 3, 5],
      ['events', 6, 7],
      ['events', 2],
      ['results', 4],
    ])
  })

  test('are cut by bytes too', () => {
    expect(batchesOf('w', [line(1), line(2), line(3)], { rows: 99, bytes: 120 }).map(numbersOf)).toEqual([[1, 2], [3]])
  })
})

/** A sink that stores rows in memory and fails as it is told to. */
function sinkOf(settings: { refuses?: readonly number[]; failsAfterStoring?: number }) {
  const rows: number[] = []
  let failures = settings.failsAfterStoring ?? 0
  const sink: Sink = {
    tables: ['events'],
    insert: async batch => {
      const bad = numbersOf(batch).filter(number => settings.refuses?.includes(number))
      if (bad.length > 0) throw new RowsRefused(`bad rows ${bad}`)
      rows.push(...numbersOf(batch))
      failures -= 1
      if (failures >= 0) throw new Error('the connection broke')
    },
    present: async batch => new Set(numbersOf(batch).filter(number => rows.includes(number))),
  }
  return { sink, rows }
}

const five = batchOf(
  'w',
  [1, 2, 3, 4, 5].map(number => line(number)),
)

describe('delivery', () => {
  test('sends nothing again that arrived although the sink failed', async () => {
    const { sink, rows } = sinkOf({ failsAfterStoring: 1 })
    const bury = async () => expect.unreachable('no row is bad')
    if (five === undefined) return expect.unreachable('there are five rows')
    await expect(deliver(five, false, { sink, bury })).rejects.toThrow('the connection broke')
    await deliver(five, true, { sink, bury })
    expect(rows).toEqual([1, 2, 3, 4, 5])
  })

  test('puts aside exactly the rows that the sink will never take', async () => {
    const { sink, rows } = sinkOf({ refuses: [2, 5] })
    const buried: number[] = []
    if (five === undefined) return expect.unreachable('there are five rows')
    await deliver(five, false, { sink, bury: async batch => void buried.push(...numbersOf(batch)) })
    expect({ rows, buried }).toEqual({ rows: [1, 3, 4], buried: [2, 5] })
  })
})

describe('the pause after failures', () => {
  test('doubles to ten seconds, and differs between replicas', () => {
    expect([1, 2, 3].map(failures => backOffMs(failures, 1))).toEqual([200, 400, 800])
    expect(backOffMs(500, 1)).toBe(10_000)
    expect(backOffMs(3, 0)).toBe(400)
  })
})
