import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { splitLines } from '../spool/read-lines.ts'
import { listSegments, segmentPath } from '../spool/segment.ts'
import { type Checkpoint, checkpoint } from './checkpoint.ts'
import type { ProofSource, ProvenLine } from './proof-source.ts'

/** The chains of a spool's directory. Confirmed segments are deleted, so a chain may begin anywhere. */
export function segmentSource(spoolPath: string): ProofSource {
  return {
    beginsAnywhere: true,
    writers: async () => (await readdir(spoolPath)).filter(name => name.startsWith('writer-')).sort(),
    checkpoints: async writer => {
      const found: Checkpoint[] = []
      for await (const lines of linesOf(join(spoolPath, writer))) {
        for (const { table, json } of lines) if (table === 'checkpoints') found.push(checkpoint.parse(JSON.parse(json)))
      }
      return found
    },
    lines: async function* (writer) {
      for await (const lines of linesOf(join(spoolPath, writer))) {
        yield lines.filter(({ table }) => table !== 'checkpoints')
      }
    },
  }
}

async function* linesOf(directory: string): AsyncIterable<readonly ProvenLine[]> {
  // An anchor may tell of a writer that has left nothing here.
  for (const segment of await listSegments(directory).catch(() => [])) {
    const bytes = await readFile(segmentPath(directory, segment))
    const { lines } = splitLines(bytes, { segment, offset: 0 }, Number.POSITIVE_INFINITY)
    yield lines.flatMap(({ kind, number, json }) =>
      kind === 'head' ? [] : [{ table: kind, line: number, json: json.toString().trimEnd() }],
    )
  }
}
