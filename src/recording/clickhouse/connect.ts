import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'

/** How to reach a store, whoever runs it. */
export type StoreAccess = {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
}

const requestTimeoutMs = 30_000
/** The server gives up before the client does, so that a request the client gave up on is not still running. */
const executionSeconds = 25

export function connectStore({ url, user, password }: Omit<StoreAccess, 'database'>): ClickHouseClient {
  return createClient({
    url,
    username: user,
    password,
    request_timeout: requestTimeoutMs,
    max_open_connections: 8,
    application: 'sluice',
    // Failures are told by whoever asked; the library would print each once more.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { max_execution_time: executionSeconds },
  })
}
