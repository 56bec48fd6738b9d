import { parentPort, workerData } from 'node:worker_threads'

/** What a thread tells its pool: that it can work, or one answer. `memoryBytes` is what it holds after it. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly answer: unknown; readonly memoryBytes: number }

/** The thread's side of a pool: one job at a time. Whatever `answer` throws ends the thread. */
export function answerJobs<Job, Answer>(answer: (job: Job) => Answer, memoryBytes: () => number): void {
  const port = parentPort
  if (port === null) throw new Error('This module runs in a worker thread.')
  const send = (message: WorkerMessage): void => port.postMessage(message)
  port.on('message', (job: Job) => send({ type: 'answer', answer: answer(job), memoryBytes: memoryBytes() }))
  send({ type: 'ready' })
}

/** What the pool gave the thread at its start. */
export function sharedWithWorker<Shared>(): Shared {
  return (workerData as { readonly shared: Shared }).shared
}
