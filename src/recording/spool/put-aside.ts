import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorruptLine } from './read-lines.ts'

/** Keeps lines that cannot be read, with the place where each was found. */
export async function putAside(directory: string, corrupt: readonly CorruptLine[]): Promise<void> {
  const texts = corrupt.map(({ segment, offset, bytes }) =>
    JSON.stringify({ segment, offset, base64: bytes.toString('base64') }),
  )
  if (texts.length > 0) await appendFile(join(directory, 'corrupt.ndjson'), `${texts.join('\n')}\n`)
}
