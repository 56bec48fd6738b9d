import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { connectStore } from '../recording/clickhouse/connect.ts'
import type { RecordReader } from '../recording/read/reader.ts'

/** What a running Sluice leaves in its state directory for commands on the same machine. */
export const stateFileName = 'sluice.json'
export const storeInState = z.object({
  clickhouse_url: z.url(),
  clickhouse_user: z.string(),
  clickhouse_password: z.string(),
  clickhouse_database: z.string().regex(/^\w+$/).default('sluice'),
})

export type Print = (text: string) => void

export function printToStdout(text: string): void {
  process.stdout.write(text)
}

/** Reads records of the Sluice whose state directory this is. */
export async function withReader<T>(state: string, read: (reader: RecordReader) => Promise<T>): Promise<T> {
  const place = await readPlace(state)
  const { clickhouse_url: url, clickhouse_user: user, clickhouse_password: password } = place
  const client = connectStore({ url, user, password })
  try {
    return await read({ client, database: place.clickhouse_database })
  } finally {
    await client.close()
  }
}

async function readPlace(state: string): Promise<z.infer<typeof storeInState>> {
  const path = join(state, stateFileName)
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new Error(`${path} cannot be read: is Sluice running, and is this its state directory?`, { cause })
  })
  return storeInState.parse(JSON.parse(text))
}

const spans: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A time, or how long ago: `2026-05-04`, `30m`, `12h`, `7d`. */
export function parseTime(text: string): Date {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  const time = count === undefined ? new Date(text) : new Date(Date.now() - Number(count) * (spans[unit] ?? 0))
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(`"${text}" is neither a time nor a span such as 30m, 12h or 7d`)
  }
  return time
}

export function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a whole number`)
  return Number(text)
}
