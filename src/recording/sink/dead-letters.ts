import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Batch } from './sink.ts'

/** Keeps rows that the sink refused for good, each with the reason, beside the segments they came from. */
export async function keepDeadLetters(
  directory: string,
  sink: string,
  { table, lines }: Batch,
  cause: unknown,
): Promise<void> {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const texts = lines.map(({ number, json }) =>
    JSON.stringify({ sink, table, line: number, reason, row: json.toString().trimEnd() }),
  )
  await appendFile(join(directory, 'dead-letters.ndjson'), texts.map(text => `${text}\n`).join(''))
}
