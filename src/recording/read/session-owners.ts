import type { ClickHouseClient } from '@clickhouse/client'

const newest = 100_000

/** Sessions of explicit keys and the principals that they belong to, so that a restart keeps them apart. */
export async function sessionOwners(client: ClickHouseClient, database: string): Promise<ReadonlyMap<string, string>> {
  const answer = await client.query({
    query: `SELECT session_id, anyLast(principal) AS principal FROM ${database}.sessions
      WHERE has_key = 1 GROUP BY session_id ORDER BY max(last_at) DESC LIMIT ${newest}`,
    format: 'JSONEachRow',
  })
  const rows = await answer.json<{ session_id: string; principal: string }>()
  return new Map(rows.map(row => [row.session_id, row.principal]))
}
