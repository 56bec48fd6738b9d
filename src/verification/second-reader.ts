import type { GovernedText, VerifiedBy } from '../model/governed.ts'
import type { PoolHealth } from './worker-pool.ts'

/** What a second reader found: nothing, or one of two things. */
export type Opinion = {
  /** Where it reads the query otherwise, in words for the record. */
  readonly disagreement?: string
  /** What it cannot read in the query as its author wrote it, in words for the author. */
  readonly mistake?: string
  readonly cached: boolean
}

/** Reads governed text on its own. Throws Failures where it cannot. */
export type SecondReader = {
  readonly by: VerifiedBy
  readonly read: (governed: GovernedText, signal: AbortSignal) => Promise<Opinion>
  readonly health: () => PoolHealth
  readonly close: () => Promise<void>
}
