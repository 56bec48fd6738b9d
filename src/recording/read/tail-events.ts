import { setTimeout as sleep } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { SessionFilter } from '../../model/record-question.ts'
import { timeFromText } from '../rows/row.ts'
import { type RecordReader, rowTexts } from './reader.ts'
import { filterCondition } from './session-filter.ts'
import { timelineColumns } from './show-session.ts'

const pollMs = 500
/** Rows are stored a moment before they can be read, and clocks of servers differ by a little. */
const overlapMs = 10_000
const rememberedEvents = 100_000
const placed = z.object({ event_id: z.string(), ts: z.string().transform(timeFromText) })

/** Events that a filter matches, from `since` on or from now, each once, in the order in which the store gets them. */
export async function* tailEvents(
  reader: RecordReader,
  { since = new Date(), ...filter }: SessionFilter,
  signal: AbortSignal,
): AsyncIterable<string> {
  const seen = new LRUCache<string, true>({ max: rememberedEvents })
  let from = since
  while (!signal.aborted) {
    const asked = new Date()
    for await (const text of rowTexts(reader, storedSince(reader.database, filter, from), signal)) {
      const { event_id, ts } = placed.parse(JSON.parse(text))
      if (!seen.has(event_id) && ts >= since) yield text
      seen.set(event_id, true)
    }
    from = new Date(Math.max(since.getTime(), asked.getTime() - overlapMs))
    await sleep(pollMs, undefined, { signal }).catch(() => undefined)
  }
}

function storedSince(database: string, filter: SessionFilter, from: Date) {
  const { sql, parameters } = filterCondition(database, filter)
  const columns = Object.keys(timelineColumns.shape).join(', ')
  const query = `SELECT ${columns} FROM ${database}.events
    WHERE ${sql} AND stored_at >= {from:DateTime64(3, 'UTC')} ORDER BY stored_at, events.ts, writer, line`
  return { sql: query, parameters: { ...parameters, from } }
}
