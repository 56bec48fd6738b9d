import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { recordTables } from '../rows/row.ts'
import { monthOf } from '../spool/line.ts'
import type { Batch, Sink } from './sink.ts'

const placed = z.object({ line: z.int() })

/** NDJSON files: a directory for each month, a file for each table and writer, so that nobody writes into another's. */
export function fileSink(directory: string): Sink {
  return {
    tables: recordTables,
    insert: async batch => {
      const path = await pathOf(directory, batch)
      const file = await open(path, 'a+')
      try {
        // A crash may have left half of a line; what came before it is whole.
        const { size } = await file.stat()
        const whole = await endOfLastLine(path, size)
        if (whole < size) await file.truncate(whole)
        await file.appendFile(Buffer.concat(batch.lines.map(({ json }) => json)))
        await file.datasync()
      } finally {
        await file.close()
      }
    },
    present: async batch => linesIn(await pathOf(directory, batch), batch),
  }
}

async function pathOf(directory: string, { table, writer, lines: [first] }: Batch): Promise<string> {
  const month = join(directory, first === undefined ? 'none' : monthOf(first))
  await mkdir(month, { recursive: true })
  return join(month, `${table}-${writer}.ndjson`)
}

const tailBytes = 64 * 1024

async function endOfLastLine(path: string, size: number): Promise<number> {
  const file = await open(path, 'r')
  try {
    for (let end = size; end > 0; end -= tailBytes) {
      const start = Math.max(0, end - tailBytes)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
      const newline = buffer.subarray(0, bytesRead).lastIndexOf(0x0a)
      if (newline >= 0) return start + newline + 1
    }
    return 0
  } finally {
    await file.close()
  }
}

async function linesIn(path: string, batch: Batch): Promise<ReadonlySet<number>> {
  const wanted = new Set(batch.lines.map(({ number }) => number))
  const found = new Set<number>()
  const size = await open(path, 'a').then(file => file.stat().finally(() => file.close()))
  const end = await endOfLastLine(path, size.size)
  if (end === 0) return found
  for await (const text of createInterface({ input: createReadStream(path, { end: end - 1 }) })) {
    const { line } = placed.parse(JSON.parse(text))
    if (wanted.has(line)) found.add(line)
  }
  return found
}
