import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { CatalogTable } from '../model/catalog.ts'
import { typeText } from '../model/column-type.ts'
import type { GovernedText } from '../model/governed.ts'
import { tableId } from '../model/table-ref.ts'
import { disagreement } from './disagreement.ts'
import type { VerificationOptions } from './options.ts'
import { compileReference, type ReferencePaths } from './reference.ts'
import type { ReferenceAnswer, ReferenceJob } from './reference-worker.ts'
import type { SecondReader } from './second-reader.ts'
import { startWorker } from './start-worker.ts'
import { WorkerPool } from './worker-pool.ts'

// Trees of long expressions are deep, and both the analyzer and the reading of its answer recurse into them.
const stackSizeMb = 16

/** Google's analyzer in threads. Its readings are remembered by text, parameter types and the tables' etags. */
export async function openReferenceReader(paths: ReferencePaths, options: VerificationOptions): Promise<SecondReader> {
  const code = await compileReference(paths)
  const start = () => startWorker('reference-worker', code, { stackSizeMb })
  const pool = new WorkerPool<ReferenceJob, ReferenceAnswer>({ ...options, start })
  const readings = new LRUCache<string, ReferenceAnswer>({ max: options.cacheEntries })
  return {
    by: 'googlesql',
    read: async (governed, signal) => {
      const twins = twinTables(governed.catalog)
      if (twins !== undefined) return { disagreement: `The analyzer cannot tell ${twins} apart.`, cached: false }
      const job = jobOf(governed)
      const key = readingKey(job)
      const known = readings.get(key)
      const answer = known ?? (await pool.run(job, signal))
      if (known === undefined) readings.set(key, answer)
      const found = answer.state === 'refused' ? answer.message : disagreement(governed, answer.analysis)
      return { ...(found === undefined ? {} : { disagreement: found }), cached: known !== undefined }
    },
    health: () => pool.health(),
    close: () => pool.close(),
  }
}

function jobOf(governed: GovernedText): ReferenceJob {
  const catalogKey = JSON.stringify(governed.catalog.map(table => [tableId(table.ref), table.etag]).sort())
  const parameters = governed.parameters.map(({ name, type }) => (name === undefined ? { type } : { name, type }))
  return { text: governed.text, parameters, catalogKey, tables: governed.catalog }
}

function readingKey({ text, parameters, catalogKey }: ReferenceJob): string {
  const types = parameters.map(({ name, type }) => [name, typeText(type)])
  return createHash('sha256')
    .update(JSON.stringify([text, types, catalogKey]))
    .digest('base64')
}

// BigQuery's names are case-sensitive, the analyzer's catalog is not.
function twinTables(tables: readonly CatalogTable[]): string | undefined {
  const seen = new Map<string, string>()
  for (const id of tables.map(table => tableId(table.ref))) {
    const twin = seen.get(id.toLowerCase())
    if (twin !== undefined) return `${twin} and ${id}`
    seen.set(id.toLowerCase(), id)
  }
  return undefined
}
