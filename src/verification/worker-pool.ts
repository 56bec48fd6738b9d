import type { Worker } from 'node:worker_threads'
import { Failure } from '../model/failure.ts'
import type { WorkerMessage } from './answer-jobs.ts'

export type PoolSettings = {
  readonly start: () => Worker
  readonly workers: number
  readonly timeoutMs: number
  readonly queueLimit: number
  readonly maxMemoryBytes: number
}

export type PoolHealth = {
  readonly ready: number
  readonly busy: number
  readonly queued: number
  readonly replaced: number
}

/** The cause of a failure that the deadline made: the thread was well until then. */
export class ReadingTooSlow extends Error {
  override readonly name = 'ReadingTooSlow'
}

type Pending<Job, Answer> = {
  readonly job: Job
  readonly resolve: (answer: Answer) => void
  readonly reject: (failure: Failure) => void
  timer: NodeJS.Timeout | undefined
}
type Slot<Job, Answer> = {
  readonly worker: Worker
  isReady: boolean
  pending: Pending<Job, Answer> | undefined
}

const restartDelayMs = 500

/**
 * Threads that each do one job at a time. A thread that is too slow, too large or broken is thrown away with its job, and
 * another takes its place, so that no query can take the pool down.
 */
export class WorkerPool<Job, Answer> {
  readonly #settings: PoolSettings
  readonly #slots = new Set<Slot<Job, Answer>>()
  readonly #queue = new Set<Pending<Job, Answer>>()
  #replaced = 0
  #lastCause: unknown = 'No thread has started in time.'
  #isClosed = false

  constructor(settings: PoolSettings) {
    this.#settings = settings
    while (this.#slots.size < settings.workers) this.#open()
  }

  run(job: Job, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return Promise.reject(new Failure('cancelled', {}, { cause: signal.reason }))
    if (this.#isClosed) return Promise.reject(unavailable('The pool is closed.'))
    const hasIdle = [...this.#slots].some(isIdle)
    if (!hasIdle && this.#queue.size >= this.#settings.queueLimit) return Promise.reject(new Failure('overloaded'))
    const { promise, pending } = this.#enqueue(job)
    // A running job is not stopped with its caller: the deadline bounds it, and a new thread costs more.
    const cancel = (): void => {
      if (this.#queue.delete(pending)) clearTimeout(pending.timer)
      pending.reject(new Failure('cancelled', {}, { cause: signal.reason }))
    }
    signal.addEventListener('abort', cancel, { once: true })
    return promise.finally(() => signal.removeEventListener('abort', cancel))
  }

  health(): PoolHealth {
    const slots = [...this.#slots]
    return {
      ready: slots.filter(slot => slot.isReady).length,
      busy: slots.filter(slot => slot.pending !== undefined).length,
      queued: this.#queue.size,
      replaced: this.#replaced,
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const slots = [...this.#slots]
    const waiting = [...this.#queue, ...slots.flatMap(slot => slot.pending ?? [])]
    this.#queue.clear()
    this.#slots.clear()
    for (const pending of waiting) settle(pending, () => pending.reject(unavailable('The pool is closed.')))
    await Promise.all(slots.map(slot => slot.worker.terminate()))
  }

  #enqueue(job: Job): { readonly promise: Promise<Answer>; readonly pending: Pending<Job, Answer> } {
    let settlers: Pick<Pending<Job, Answer>, 'resolve' | 'reject'> | undefined
    const promise = new Promise<Answer>((resolve, reject) => {
      settlers = { resolve, reject }
    })
    const pending = { job, ...settlers, timer: undefined } as Pending<Job, Answer>
    pending.timer = setTimeout(() => this.#giveUpWaiting(pending), this.#settings.timeoutMs)
    this.#queue.add(pending)
    this.#dispatch()
    return { promise, pending }
  }

  #open(): void {
    const slot: Slot<Job, Answer> = { worker: this.#settings.start(), isReady: false, pending: undefined }
    this.#slots.add(slot)
    slot.worker.unref()
    slot.worker.on('message', (message: WorkerMessage) => this.#hear(slot, message))
    slot.worker.on('error', cause => this.#replace(slot, cause))
    slot.worker.on('exit', code => this.#replace(slot, `The thread ended with code ${code}.`))
  }

  #hear(slot: Slot<Job, Answer>, message: WorkerMessage): void {
    slot.isReady = true
    const { pending } = slot
    slot.pending = undefined
    if (message.type === 'answer') {
      if (pending !== undefined) settle(pending, () => pending.resolve(message.answer as Answer))
      if (message.memoryBytes > this.#settings.maxMemoryBytes) this.#replace(slot, 'The thread has grown too large.')
    }
    this.#dispatch()
  }

  #dispatch(): void {
    const slot = [...this.#slots].find(isIdle)
    const [pending] = this.#queue
    if (slot === undefined || pending === undefined) return
    this.#queue.delete(pending)
    clearTimeout(pending.timer)
    pending.timer = setTimeout(() => this.#replace(slot, new ReadingTooSlow()), this.#settings.timeoutMs)
    slot.pending = pending
    slot.worker.postMessage(pending.job)
  }

  #giveUpWaiting(pending: Pending<Job, Answer>): void {
    this.#queue.delete(pending)
    const isStarting = [...this.#slots].every(slot => !slot.isReady)
    const failure = isStarting ? unavailable(this.#lastCause) : new Failure('overloaded')
    settle(pending, () => pending.reject(failure))
  }

  #replace(slot: Slot<Job, Answer>, cause: unknown): void {
    if (!this.#slots.delete(slot)) return
    this.#replaced += 1
    this.#lastCause = cause
    const { pending } = slot
    slot.pending = undefined
    if (pending !== undefined) settle(pending, () => pending.reject(unavailable(cause)))
    void slot.worker.terminate()
    // At once after work; with a pause where a thread cannot even start, or it would start for ever.
    if (slot.isReady) this.#refill()
    else setTimeout(() => this.#refill(), restartDelayMs).unref()
  }

  #refill(): void {
    if (!this.#isClosed && this.#slots.size < this.#settings.workers) this.#open()
  }
}

function isIdle<Job, Answer>(slot: Slot<Job, Answer>): boolean {
  return slot.isReady && slot.pending === undefined
}

function settle(pending: { readonly timer: NodeJS.Timeout | undefined }, act: () => void): void {
  clearTimeout(pending.timer)
  act()
}

function unavailable(cause: unknown): Failure {
  return new Failure('verifier_unavailable', {}, { cause })
}
