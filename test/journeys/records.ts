import { storeInState } from '../../src/cli/recorded-store.ts'
import { readStateFile } from '../../src/cli/state-file.ts'
import { connectStore } from '../../src/recording/clickhouse/connect.ts'
import type { TimelineEvent } from '../../src/recording/read/show-session.ts'
import { keyedSessionId } from '../../src/recording/session-book.ts'
import { sessionOf } from '../recording/asked-records.ts'

/** What ClickHouse has of the visits with a session key, once it has `wanted` events; else what it has after a while. */
export async function recordsOf(statePath: string, sessionKey: string, wanted = 1): Promise<readonly TimelineEvent[]> {
  const place = storeInState.parse(await readStateFile(statePath))
  const { clickhouse_url: url, clickhouse_user: user, clickhouse_password: password } = place
  const client = connectStore({ url, user, password })
  const reader = { client, database: place.clickhouse_database }
  try {
    for (const until = Date.now() + 20_000; ; await pause()) {
      const { events } = await sessionOf(reader, keyedSessionId(sessionKey)).catch(() => ({ events: [] }))
      if (events.length >= wanted || Date.now() > until) return events
    }
  } finally {
    await client.close()
  }
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 100))
}
