import { setTimeout as sleep } from 'node:timers/promises'
import type { RecorderHooks } from '../hooks.ts'
import type { Spool, SpoolPart } from '../spool/spool.ts'
import { Drain, type DrainSettings } from './drain.ts'
import type { Sink } from './sink.ts'

const pollMs = 10

/** The drains of every directory that this process owns. Those of dead processes end when they are empty. */
export class Drains {
  readonly #live: Drain[] = []
  readonly #runs: Promise<void>[] = []
  readonly #hasSink: boolean

  constructor(spool: Spool, sink: Sink | undefined, settings: DrainSettings, hooks: RecorderHooks) {
    this.#hasSink = sink !== undefined
    if (sink === undefined) return
    const start = (part: SpoolPart, isDone: () => boolean): Promise<void> => {
      const confirmed = (segment: number) => spool.dropBefore(part, segment)
      const drain = new Drain({ ...part, confirmed }, sink, settings, hooks)
      this.#live.push(drain)
      return drain.run(isDone)
    }
    this.#runs.push(start(spool.own, () => false))
    for (const part of spool.adopted) {
      this.#runs.push(start(part, () => true).then(() => this.#removeDrained(spool, part)))
    }
  }

  get isWorking(): boolean {
    return this.#hasSink && this.#live.every(({ failures }) => failures === 0)
  }

  get isCaughtUp(): boolean {
    return this.#hasSink && this.#live.every(({ isCaughtUp }) => isCaughtUp)
  }

  async flush(timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs
    while (this.#hasSink && !this.isCaughtUp && performance.now() < until) {
      // A sink that fails is left its pauses.
      for (const drain of this.#live) if (drain.failures === 0) drain.wake()
      await sleep(pollMs)
    }
    return this.isCaughtUp
  }

  async stop(): Promise<void> {
    for (const drain of this.#live) drain.stop()
    await Promise.all(this.#runs)
  }

  async #removeDrained(spool: Spool, part: SpoolPart): Promise<void> {
    const drain = this.#live.find(({ directory }) => directory === part.directory)
    if (drain?.isCaughtUp === true && !drain.isStopped) await spool.remove(part)
  }
}
