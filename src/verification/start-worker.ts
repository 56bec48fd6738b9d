import { Worker, type WorkerOptions } from 'node:worker_threads'

/** A thread that runs a module of this folder, from source or from the build. It finds `shared` in its `workerData`. */
export function startWorker(name: string, shared: unknown, limits: WorkerOptions['resourceLimits'] = {}): Worker {
  const isSource = import.meta.url.endsWith('.ts')
  const entry = new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url)
  const start = isSource ? new URL('./source-worker.mjs', import.meta.url) : entry
  // Node warns in every thread that WASI is experimental; the versions that are supported are tested.
  const execArgv = [...process.execArgv, '--no-warnings']
  return new Worker(start, { name, execArgv, resourceLimits: limits, workerData: { shared, entry: entry.href } })
}
