import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { routineName } from '../model/catalog.ts'
import { typeText } from '../model/column-type.ts'
import type { GovernedPart, GovernedText, PartCatalog } from '../model/governed.ts'
import { tableId } from '../model/table-ref.ts'
import { disagreement, strangersIn } from './disagreement.ts'
import type { VerificationOptions } from './options.ts'
import { compileReference, type ReferencePaths, withoutPlace } from './reference.ts'
import type { PartJob, ReferenceAnswer, ReferenceJob } from './reference-worker.ts'
import type { Opinion, SecondReader } from './second-reader.ts'
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
  const ask = async (
    job: ReferenceJob,
    signal: AbortSignal,
  ): Promise<ReferenceAnswer & { readonly cached: boolean }> => {
    const key = readingKey(job)
    const known = readings.get(key)
    const answer = known ?? (await pool.run(job, signal))
    if (known === undefined) readings.set(key, answer)
    return { ...answer, cached: known !== undefined }
  }
  const readPart = async (part: GovernedPart, catalogKey: string, signal: AbortSignal): Promise<Opinion> => {
    const job = jobOf(part, catalogKey)
    const { cached, ...answer } = await ask(job, signal)
    if (answer.state === 'read') {
      const found = disagreement(part, answer.analysis)
      return found === undefined ? { cached } : { disagreement: found, cached }
    }
    const own = await ask({ ...job, text: part.unprotected() }, signal)
    if (own.state === 'refused') return { mistake: withoutPlace(own.message), cached }
    return { disagreement: refusalIn(answer), cached }
  }
  /** Parts are cut out of a script by Sluice's own reading of it; the analyzer's own names no other tables. */
  const readScript = async ({ text, parts }: GovernedText, signal: AbortSignal): Promise<Opinion> => {
    const { cached, ...answer } = await ask({ script: text }, signal)
    const found = answer.state === 'named' ? strangersIn(answer.tables, parts) : refusalIn(answer)
    return found === undefined ? { cached } : { disagreement: found, cached }
  }
  return {
    by: 'googlesql',
    read: async (governed, signal) => {
      const { parts } = governed
      const twins = twinTables(parts)
      if (twins !== undefined) return { disagreement: `The analyzer cannot tell ${twins} apart.`, cached: false }
      const keys = catalogKeys(parts)
      const whole = governed.statementKind === 'SCRIPT' ? await readScript(governed, signal) : { cached: true }
      if (whole.disagreement !== undefined) return whole
      let { cached } = whole
      for (const part of parts) {
        const opinion = await readPart(part, keys.get(part.catalog) ?? '', signal)
        if (opinion.disagreement !== undefined || opinion.mistake !== undefined) return opinion
        cached &&= opinion.cached
      }
      return { cached }
    },
    health: () => pool.health(),
    close: () => pool.close(),
  }
}

function refusalIn(answer: ReferenceAnswer): string {
  return answer.state === 'refused' ? answer.message : 'The analyzer answers another question.'
}

/** Parts share catalogs. */
function catalogKeys(parts: readonly GovernedPart[]): ReadonlyMap<PartCatalog, string> {
  const catalogs = new Set(parts.map(({ catalog }) => catalog))
  return new Map([...catalogs].map(catalog => [catalog, catalogKey(catalog)]))
}

function catalogKey({ tables, variables, routines }: PartCatalog): string {
  const known = tables.map(table => [tableId(table.ref), table.etag]).sort()
  const called = routines.map(routine => [routineName(routine), routine.etag])
  return JSON.stringify([known, variables.map(({ name, type }) => [name, typeText(type)]), called])
}

function jobOf({ text, parameters: given, catalog }: GovernedPart, key: string): PartJob {
  const parameters = given.map(({ name, type }) => (name === undefined ? { type } : { name, type }))
  return { text, parameters, catalogKey: key, catalog }
}

function readingKey(job: ReferenceJob): string {
  return createHash('sha256')
    .update(JSON.stringify(keyParts(job)))
    .digest('base64')
}

function keyParts(job: ReferenceJob): readonly unknown[] {
  if ('script' in job) return [job.script]
  return [job.text, job.parameters.map(({ name, type }) => [name, typeText(type)]), job.catalogKey]
}

// BigQuery's names are case-sensitive, the analyzer's catalog is not.
function twinTables(parts: readonly GovernedPart[]): string | undefined {
  for (const { tables } of new Set(parts.map(({ catalog }) => catalog))) {
    const seen = new Map<string, string>()
    for (const id of tables.map(table => tableId(table.ref))) {
      const twin = seen.get(id.toLowerCase())
      if (twin !== undefined) return `${twin} and ${id}`
      seen.set(id.toLowerCase(), id)
    }
  }
  return undefined
}
