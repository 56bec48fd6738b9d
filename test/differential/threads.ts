import { Worker } from 'node:worker_threads'
import type { ReferencePaths } from '../../src/verification/reference.ts'
import type { FuzzOptions, FuzzReport } from './fuzz.ts'
import type { GeneratedReport, RunOptions } from './run-generated.ts'

/** What a thread does, of a share of its own. */
export type Task =
  | { readonly kind: 'generated'; readonly options: RunOptions }
  | { readonly kind: 'fuzz'; readonly options: FuzzOptions }
export type ThreadInput = { readonly task: Task; readonly paths: ReferencePaths }

/** Generated queries in several threads, their reports added up. */
export function runGeneratedInThreads(
  threads: number,
  paths: ReferencePaths,
  options: RunOptions,
): Promise<GeneratedReport> {
  return inThreads(threads, share => ({ task: { kind: 'generated', options: { ...options, share } }, paths }))
}

/** Mutated texts in several threads, likewise. */
export function fuzzInThreads(threads: number, paths: ReferencePaths, options: FuzzOptions): Promise<FuzzReport> {
  return inThreads(threads, share => ({ task: { kind: 'fuzz', options: { ...options, share } }, paths }))
}

type Share = { readonly of: number; readonly at: number }

async function inThreads<Report>(threads: number, inputOf: (share: Share) => ThreadInput): Promise<Report> {
  const shares = Array.from({ length: threads }, (_, at) => inThread<Report>(inputOf({ of: threads, at })))
  const [first, ...others] = await Promise.all(shares)
  if (first === undefined) throw new Error('nothing runs in no thread')
  return others.reduce(added, first)
}

// Trees of generated expressions are deep, and the analyzer recurses into them.
const resourceLimits = { stackSizeMb: 16 }

function inThread<Report>(shared: ThreadInput): Promise<Report> {
  const start = new URL('../../src/verification/source-worker.mjs', import.meta.url)
  const entry = new URL('./thread.ts', import.meta.url).href
  return new Promise((resolve, reject) => {
    const worker = new Worker(start, { workerData: { shared, entry }, execArgv: ['--no-warnings'], resourceLimits })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`a thread of the differential test ended with ${code}`)))
  })
}

/** Numbers add up, lists follow each other. */
function added<Report>(one: Report, other: Report): Report {
  if (typeof one === 'number') return (one + Number(other)) as Report
  if (Array.isArray(one)) return [...one, ...(other as readonly unknown[])] as Report
  const fields = Object.entries(one as object).map(([name, value]) => [name, added(value, other[name as keyof Report])])
  return Object.fromEntries(fields) as Report
}
