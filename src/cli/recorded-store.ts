import { z } from 'zod'
import { connectStore } from '../recording/clickhouse/connect.ts'
import type { RecordReader } from '../recording/read/reader.ts'
import { readStateFile } from './state-file.ts'

/** Where the store is, and the credentials of its reader, as a running Sluice leaves them in its state directory. */
export const storeInState = z.object({
  clickhouse_url: z.url(),
  clickhouse_user: z.string(),
  clickhouse_password: z.string(),
  clickhouse_database: z.string().regex(/^\w+$/).default('sluice'),
})

/** Reads records of the Sluice whose state directory this is. */
export async function withReader<T>(state: string, read: (reader: RecordReader) => Promise<T>): Promise<T> {
  const place = storeInState.parse(await readStateFile(state))
  const { clickhouse_url: url, clickhouse_user: user, clickhouse_password: password } = place
  const client = connectStore({ url, user, password })
  try {
    return await read({ client, database: place.clickhouse_database })
  } finally {
    await client.close()
  }
}
