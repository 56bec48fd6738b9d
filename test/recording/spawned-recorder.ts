import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RecordingOptions } from '../../src/recording/options.ts'

type Told = {
  readonly opened?: true
  readonly storePid?: number
  readonly confirmed?: string
  readonly refused?: string
  readonly done?: true
  readonly interrupted?: number
  readonly starts?: number
}

/** A recorder in a process of its own, and what it has told so far. */
export class SpawnedRecorder {
  readonly child: ChildProcess
  readonly confirmed: string[] = []
  readonly refused: string[] = []
  storePid: number | undefined
  interrupted = 0
  /** How often its store was started. */
  starts = 0
  #opened = false
  #dones = 0

  constructor(options: Partial<RecordingOptions>, wrap: readonly string[] = []) {
    const entry = fileURLToPath(new URL('recorder-process.ts', import.meta.url))
    const [command = process.execPath, ...rest] = [
      ...wrap,
      process.execPath,
      '--import',
      'tsx',
      entry,
      JSON.stringify(options),
    ]
    this.child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.child.on('message', message => this.#take(message as Told))
  }

  async opened(): Promise<this> {
    await this.#until(() => this.#opened)
    return this
  }

  record(events: number): void {
    this.child.send({ events })
  }

  async recorded(events: number): Promise<void> {
    const dones = this.#dones
    this.record(events)
    await this.#until(() => this.#dones > dones)
  }

  /** Waits until this many events were confirmed. */
  async confirms(count: number): Promise<void> {
    await this.#until(() => this.confirmed.length >= count)
  }

  async killStore(): Promise<void> {
    const starts = this.starts
    this.child.send({ events: 0, killStore: true })
    await this.#until(() => this.starts > starts)
  }

  async kill(): Promise<void> {
    const exit = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exit
  }

  async close(): Promise<void> {
    const exit = once(this.child, 'exit')
    this.child.send({ events: 0, close: true })
    await exit
  }

  async #until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      if (this.child.exitCode !== null) throw new Error(`the recorder's process ended (${this.child.exitCode})`)
      await once(this.child, 'message', { signal: AbortSignal.timeout(30_000) })
    }
  }

  #take(told: Told): void {
    if (told.opened) this.#opened = true
    if (told.done) this.#dones += 1
    this.storePid ??= told.storePid
    this.starts = told.starts ?? this.starts
    this.interrupted += told.interrupted ?? 0
    if (told.confirmed !== undefined) this.confirmed.push(told.confirmed)
    if (told.refused !== undefined) this.refused.push(told.refused)
  }
}
