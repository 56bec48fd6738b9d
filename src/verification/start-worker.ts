import { Worker, type WorkerOptions } from 'node:worker_threads'

/** A thread that runs a module of this folder, from source or from the build. It finds `shared` in its `workerData`. */
export function startWorker(name: string, shared: unknown, limits: WorkerOptions['resourceLimits'] = {}): Worker {
  const isSource = import.meta.url.endsWith('.ts')
  const entry = new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url)
  const start = isSource ? new URL('./source-worker.mjs', import.meta.url) : entry
  // Not the program's own options: a thread refuses those of V8. Node warns in each that WASI is experimental; the versions
  // that are supported are tested.
  const execArgv = ['--no-warnings']
  return new Worker(start, { name, execArgv, resourceLimits: limits, workerData: { shared, entry: entry.href } })
}
