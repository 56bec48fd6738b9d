import { setTimeout as sleep } from 'node:timers/promises'
import type { RecorderHooks } from '../hooks.ts'
import { loadCursor, saveCursor } from '../spool/cursor.ts'
import { isBefore, type Position } from '../spool/position.ts'
import { putAside } from '../spool/put-aside.ts'
import { type Reading, readLines } from '../spool/read-lines.ts'
import { backOffMs } from './back-off.ts'
import { batchesOf } from './batches.ts'
import { keepDeadLetters } from './dead-letters.ts'
import { deliver } from './deliver.ts'
import type { Batch, NamedSink } from './sink.ts'

/** A writer's directory as the sink sees it. */
export type DrainSource = {
  readonly directory: string
  readonly writer: string
  readonly end: () => Position
  /** What stood here when this process began may have been sent already. */
  readonly doubtfulUntil: Position
  /** Called when segments before this one are no longer needed. */
  readonly confirmed: (segment: number) => Promise<void>
}

export type DrainSettings = { readonly flushIntervalMs: number; readonly batchRows: number }

const windowBytes = 32 * 1024 ** 2
const batchBytes = 16 * 1024 ** 2
/** Batches of several tables make up a window. */
const tablesPerWindow = 4

/** Sends a writer's lines to the sink in order. The cursor moves only past what the sink has confirmed. */
export class Drain {
  readonly #source: DrainSource
  readonly #sink: NamedSink['sink']
  readonly #name: string
  readonly #settings: DrainSettings
  readonly #hooks: RecorderHooks
  readonly #stop = new AbortController()
  readonly #buried = new Set<number>()
  #cursor: Position = { segment: 0, offset: 0 }
  #wake: AbortController = new AbortController()
  #failures = 0

  constructor(source: DrainSource, { name, sink }: NamedSink, settings: DrainSettings, hooks: RecorderHooks) {
    this.#source = source
    this.#sink = sink
    this.#name = name
    this.#settings = settings
    this.#hooks = hooks
  }

  get directory(): string {
    return this.#source.directory
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted
  }

  get isCaughtUp(): boolean {
    return !isBefore(this.#cursor, this.#source.end())
  }

  /** Times in a row that the sink has failed. */
  get failures(): number {
    return this.#failures
  }

  /** Runs until stopped, or until `isDone` says that no more will come. */
  async run(isDone: () => boolean = () => false): Promise<void> {
    while (!this.#stop.signal.aborted && !(await this.#loadCursor())) await this.#rest(this.#pauseMs())
    while (!this.#stop.signal.aborted) {
      const isFull = this.isCaughtUp ? false : await this.#step()
      if (this.isCaughtUp && isDone()) return
      if (!isFull) await this.#rest(this.#pauseMs())
    }
  }

  /** Sends what is there now instead of at the end of the interval. */
  wake(): void {
    this.#wake.abort()
  }

  stop(): void {
    this.#stop.abort()
    this.wake()
  }

  #pauseMs(): number {
    return this.#failures === 0 ? this.#settings.flushIntervalMs : backOffMs(this.#failures, Math.random())
  }

  async #rest(pauseMs: number): Promise<void> {
    await sleep(pauseMs, undefined, { signal: this.#wake.signal }).catch(() => undefined)
    this.#wake = new AbortController()
    if (this.#stop.signal.aborted) this.#wake.abort()
  }

  async #loadCursor(): Promise<boolean> {
    try {
      this.#cursor = await loadCursor(this.#source.directory, this.#name)
      return true
    } catch (cause) {
      this.#failures += 1
      this.#hooks.sinkFailed?.(cause, this.#name)
      return false
    }
  }

  // True where more is waiting, so that catching up does not pause.
  async #step(): Promise<boolean> {
    const { directory, end } = this.#source
    const maxLines = this.#settings.batchRows * tablesPerWindow
    try {
      const reading = await readLines(directory, this.#cursor, end(), { maxBytes: windowBytes, maxLines })
      await this.#confirm(reading)
      this.#failures = 0
      return reading.lines.length >= maxLines || reading.next.segment > this.#cursor.segment
    } catch (cause) {
      this.#failures += 1
      this.#hooks.sinkFailed?.(cause, this.#name)
      return false
    }
  }

  async #confirm({ lines, corrupt, next }: Reading): Promise<void> {
    const { directory, writer, doubtfulUntil, confirmed } = this.#source
    const isFateUnknown = this.#failures > 0 || isBefore(this.#cursor, doubtfulUntil)
    const limits = { rows: this.#settings.batchRows, bytes: batchBytes }
    const { tables } = this.#sink
    const alive = lines.filter(
      ({ kind, number }) => kind !== 'head' && tables.includes(kind) && !this.#buried.has(number),
    )
    for (const batch of batchesOf(writer, alive, limits)) await this.#deliver(batch, isFateUnknown)
    if (corrupt.length > 0) {
      await putAside(directory, corrupt)
      this.#hooks.corrupt?.(corrupt.length)
    }
    await saveCursor(directory, this.#name, next)
    this.#cursor = next
    this.#buried.clear()
    await confirmed(next.segment)
  }

  async #deliver(batch: Batch, isFateUnknown: boolean): Promise<void> {
    const began = performance.now()
    const bury = async (dead: Batch, cause: unknown) => {
      await keepDeadLetters(this.#source.directory, this.#name, dead, cause)
      for (const { number } of dead.lines) this.#buried.add(number)
      this.#hooks.deadLettered?.(dead.table, cause, this.#name)
    }
    await deliver(batch, isFateUnknown, { sink: this.#sink, bury })
    this.#hooks.sent?.(batch.table, batch.lines.length, performance.now() - began, this.#name)
  }
}
