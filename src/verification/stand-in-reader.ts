import { Failure } from '../model/failure.ts'
import type { VerificationOptions } from './options.ts'
import type { SecondReader } from './second-reader.ts'
import type { StandInAnswer } from './stand-in-worker.ts'
import { startWorker } from './start-worker.ts'
import { ReadingTooSlow, WorkerPool } from './worker-pool.ts'

const mebibyte = 2 ** 20

/**
 * node-sql-parser where Google's analyzer is absent. It can only object: a table that is not predicted is a disagreement,
 * and text that it cannot read, or not in time, gets no opinion.
 */
export function openStandInReader(options: VerificationOptions): SecondReader {
  const limits = { maxOldGenerationSizeMb: Math.ceil(options.maxMemoryBytes / mebibyte) }
  const start = () => startWorker('stand-in-worker', undefined, limits)
  const pool = new WorkerPool<string, StandInAnswer>({ ...options, start })
  return {
    by: 'node-sql-parser',
    read: async (governed, signal) => {
      for (const { text, scans } of governed.parts) {
        const tables = await readTables(pool, text, signal)
        const extra = tables?.find(name => scans.every(scan => scan.id !== name))
        if (extra === undefined) continue
        return { disagreement: `node-sql-parser reads ${extra}, which is not predicted.`, cached: false }
      }
      return { cached: false }
    },
    health: () => pool.health(),
    close: () => pool.close(),
  }
}

async function readTables(
  pool: WorkerPool<string, StandInAnswer>,
  text: string,
  signal: AbortSignal,
): Promise<StandInAnswer> {
  try {
    return await pool.run(text, signal)
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.cause instanceof ReadingTooSlow) return undefined
    throw thrown
  }
}
