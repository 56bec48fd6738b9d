import { setTimeout as sleep } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { type RecordReader, readRows } from './reader.ts'
import { eventsOf, filterCondition, type SessionFilter } from './session-filter.ts'
import { type TimelineEvent, timelineColumns } from './show-session.ts'

const pollMs = 500
/** Rows are stored a moment before they can be read, and clocks of servers differ by a little. */
const overlapMs = 10_000
const rememberedEvents = 100_000

/** Events that a filter matches, from `since` on or from now, each once, in the order in which the store gets them. */
export async function* tailEvents(
  reader: RecordReader,
  { since = new Date(), ...filter }: SessionFilter,
): AsyncIterable<TimelineEvent> {
  const seen = new LRUCache<string, true>({ max: rememberedEvents })
  let from = since
  for (;;) {
    const asked = new Date()
    for (const event of await storedSince(reader, filter, from)) {
      if (!seen.has(event.event_id) && event.ts >= since) yield event
      seen.set(event.event_id, true)
    }
    from = new Date(Math.max(since.getTime(), asked.getTime() - overlapMs))
    await sleep(pollMs)
  }
}

function storedSince(reader: RecordReader, filter: SessionFilter, from: Date): Promise<readonly TimelineEvent[]> {
  const { sql, parameters } = filterCondition(reader, filter)
  const columns = Object.keys(timelineColumns.shape).join(', ')
  const events = eventsOf(reader)
  const query = `SELECT ${columns} FROM ${events} WHERE ${sql} AND stored_at >= {from:DateTime64(3, 'UTC')}
    ORDER BY stored_at, ${events}.ts, writer, line`
  return readRows(reader, timelineColumns, query, { ...parameters, from })
}
