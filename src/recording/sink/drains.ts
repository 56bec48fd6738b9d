import { setTimeout as sleep } from 'node:timers/promises'
import type { RecorderHooks } from '../hooks.ts'
import type { Spool, SpoolPart } from '../spool/spool.ts'
import { Drain, type DrainSettings } from './drain.ts'
import type { NamedSink } from './sink.ts'

const pollMs = 10

/** The drains of every directory that this process owns, one for each sink. Those of dead processes end when empty. */
export class Drains {
  readonly #live: Drain[] = []
  readonly #runs: Promise<void>[] = []
  readonly #hasSink: boolean

  constructor(spool: Spool, sinks: readonly NamedSink[], settings: DrainSettings, hooks: RecorderHooks) {
    this.#hasSink = sinks.length > 0
    if (!this.#hasSink) return
    const start = (part: SpoolPart, isDone: () => boolean): Promise<unknown> => {
      const reached = new Map<string, number>()
      const drains = sinks.map(named => {
        // A segment is no longer needed once the last sink has it.
        const confirmed = async (segment: number) => {
          reached.set(named.name, segment)
          if (reached.size === sinks.length) await spool.dropBefore(part, Math.min(...reached.values()))
        }
        return new Drain({ ...part, confirmed }, named, settings, hooks)
      })
      this.#live.push(...drains)
      return Promise.all(drains.map(drain => drain.run(isDone)))
    }
    this.#runs.push(start(spool.own, () => false).then(() => undefined))
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
    const drains = this.#live.filter(({ directory }) => directory === part.directory)
    if (drains.every(({ isCaughtUp, isStopped }) => isCaughtUp && !isStopped)) await spool.remove(part)
  }
}
