import type { Decide } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import { openHotSwap, type PolicyHealth } from './hot-swap.ts'
import type { PolicyOptions } from './options.ts'
import { bundleSource } from './source.ts'
import { tryBundle } from './try-bundle.ts'

export type PolicySurroundings = {
  readonly environment: string
  readonly now: () => Date
  readonly newId: () => string
  /** Told after every attempt to load a policy, the first included. */
  readonly onLoad: (health: PolicyHealth) => void
}

export type PolicyDecisionPoint = {
  readonly decide: Decide
  readonly health: () => PolicyHealth
  /** Looks at the source now instead of at the next interval. */
  readonly refresh: () => Promise<void>
  readonly close: () => void
}

/** Opens the policy decision point. Without a good policy it stays open and refuses every question. */
export async function openPolicy(
  options: PolicyOptions,
  surroundings: PolicySurroundings,
): Promise<PolicyDecisionPoint> {
  const source = bundleSource(options)
  const settings = { ...options, ...surroundings }
  const swap = await openHotSwap({
    fingerprint: source.fingerprint,
    load: async () => tryBundle(await source.load(), settings),
    intervalMs: options.pollIntervalMs,
    now: surroundings.now,
    onLoad: surroundings.onLoad,
  })
  return {
    decide: async question => {
      const policy = swap.current()
      if (policy === undefined) {
        throw new Failure(
          'policy_unavailable',
          {},
          { cause: new Error(swap.health().failure ?? 'no policy is loaded') },
        )
      }
      return policy.decide(question)
    },
    health: swap.health,
    refresh: swap.refresh,
    close: swap.close,
  }
}
