import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Position } from './position.ts'
import { listSegments } from './segment.ts'

const cursorFile = z.strictObject({ segment: z.int(), offset: z.int() })

/** Up to where the sink has confirmed. Without a readable cursor it is the oldest line: what was sent is read back. */
export async function loadCursor(directory: string, sink: string): Promise<Position> {
  const oldest = { segment: (await listSegments(directory))[0] ?? 0, offset: 0 }
  try {
    const saved = cursorFile.parse(JSON.parse(await readFile(cursorPath(directory, sink), 'utf8')))
    return saved.segment < oldest.segment ? oldest : saved
  } catch {
    return oldest
  }
}

export async function saveCursor(directory: string, sink: string, cursor: Position): Promise<void> {
  const path = cursorPath(directory, sink)
  await writeFile(`${path}.new`, JSON.stringify({ segment: cursor.segment, offset: cursor.offset }))
  await rename(`${path}.new`, path)
}

function cursorPath(directory: string, sink: string): string {
  return join(directory, `cursor-${sink}.json`)
}
