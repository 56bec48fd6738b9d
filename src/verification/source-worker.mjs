// Runs a TypeScript module in a thread. Threads do not inherit a loader that the program registered for itself.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
