import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'

/** How to reach a store, whoever runs it. */
export type StoreAccess = {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
}

const defaultTimeoutMs = 30_000
/** The server gives up before the client does, so that a request the client gave up on is not still running. */
const executionShare = 0.8

type Connection = Omit<StoreAccess, 'database'> & { readonly timeoutMs?: number }

export function connectStore({ url, user, password, timeoutMs = defaultTimeoutMs }: Connection): ClickHouseClient {
  return createClient({
    url,
    username: user,
    password,
    request_timeout: timeoutMs,
    max_open_connections: 8,
    application: 'sluice',
    // Failures are told by whoever asked; the library would print each once more.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { max_execution_time: Math.max(1, Math.round((timeoutMs / 1_000) * executionShare)) },
  })
}
