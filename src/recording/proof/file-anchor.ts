import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Sink } from '../sink/sink.ts'

const placed = z.object({ writer: z.string(), line: z.int() })

/** Checkpoints in a file that only grows, best on a disk that its writer cannot change: `audit verify --anchor`. */
export function fileAnchor(path: string): Sink {
  return {
    tables: ['checkpoints'],
    insert: async ({ lines }) => {
      await mkdir(dirname(path), { recursive: true })
      const file = await open(path, 'a')
      try {
        await file.write(Buffer.concat(lines.map(({ json }) => json)))
        await file.datasync()
      } finally {
        await file.close()
      }
    },
    present: async ({ writer, lines }) => {
      const there = new Set((await anchoredLines(path)).filter(one => one.writer === writer).map(({ line }) => line))
      return new Set(lines.map(({ number }) => number).filter(number => there.has(number)))
    },
  }
}

async function anchoredLines(path: string) {
  const text = await readFile(path, 'utf8').catch(cause => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw cause
  })
  return text.split('\n').flatMap(line => (line === '' ? [] : [placed.parse(JSON.parse(line))]))
}
