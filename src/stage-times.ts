import { AsyncLocalStorage } from 'node:async_hooks'
import type { Stage } from './gateway/ports.ts'
import type { StageMs } from './model/session-event.ts'

const current = new AsyncLocalStorage<Map<Stage, number>>()

/** Runs a client's request; what its stages take is kept together while it runs. */
export function timingStages<T>(request: () => T): T {
  return current.run(new Map(), request)
}

export function addStageTime(stage: Stage, elapsedMs: number): void {
  const times = current.getStore()
  times?.set(stage, (times.get(stage) ?? 0) + elapsedMs)
}

/** What the stages of this request took since it was asked last, so that each time is on record once. */
export function takeStageTimes(): StageMs | undefined {
  const times = current.getStore()
  if (times === undefined || times.size === 0) return undefined
  const taken = Object.fromEntries([...times].map(([stage, ms]) => [stage, Math.round(ms * 1_000) / 1_000]))
  times.clear()
  return taken
}
