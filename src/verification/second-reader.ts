import type { GovernedText, VerifiedBy } from '../model/governed.ts'
import type { PoolHealth } from './worker-pool.ts'

/** What a second reader found: nothing, or where it reads the query otherwise, in words for the record. */
export type Opinion = { readonly disagreement?: string; readonly cached: boolean }

/** Reads governed text on its own. Throws Failures where it cannot. */
export type SecondReader = {
  readonly by: VerifiedBy
  readonly read: (governed: GovernedText, signal: AbortSignal) => Promise<Opinion>
  readonly health: () => PoolHealth
  readonly close: () => Promise<void>
}
