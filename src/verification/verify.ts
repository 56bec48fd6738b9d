import { access } from 'node:fs/promises'
import type { Verify } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import type { GovernedSql, Verified, VerifiedBy } from '../model/governed.ts'
import type { VerificationOptions } from './options.ts'
import type { ReferencePaths } from './reference.ts'
import { openReferenceReader } from './reference-reader.ts'
import type { SecondReader } from './second-reader.ts'
import { openStandInReader } from './stand-in-reader.ts'
import type { PoolHealth } from './worker-pool.ts'

export type VerifierHealth = {
  /** Who reads; `nobody` where the analyzer is required and missing: then every query is refused. */
  readonly by: VerifiedBy | 'nobody'
  readonly agreed: number
  readonly disagreed: number
  /** Queries that break a rule of the language, with or without what the policy puts on them. */
  readonly mistakes: number
  readonly cacheHits: number
} & PoolHealth

export type Verifier = {
  readonly verify: Verify
  readonly health: () => VerifierHealth
  readonly close: () => Promise<void>
}

/** Opens the second reader: Google's analyzer where `reference` is there, else what `mode` says. */
export async function openVerifier(
  options: VerificationOptions,
  { reference }: { readonly reference: ReferencePaths },
): Promise<Verifier> {
  const reader = await openReader(options, reference)
  const counts = { agreed: 0, disagreed: 0, mistakes: 0, cacheHits: 0 }
  return {
    verify: async (governed, signal) => {
      if (reader === undefined) {
        throw new Failure('verifier_unavailable', {}, { cause: `There is no analyzer at ${reference.wasmPath}.` })
      }
      const { disagreement, mistake, cached } = await reader.read(governed, signal)
      if (cached) counts.cacheHits += 1
      if (mistake !== undefined) {
        counts.mistakes += 1
        throw new Failure('query_invalid', { detail: `${mistake}.` })
      }
      if (disagreement !== undefined) {
        counts.disagreed += 1
        throw new Failure('readers_disagree', {}, { cause: disagreement })
      }
      counts.agreed += 1
      return mint(governed, reader.by, cached)
    },
    health: () => ({ by: reader?.by ?? 'nobody', ...counts, ...(reader?.health() ?? idle) }),
    close: async () => reader?.close(),
  }
}

const idle: PoolHealth = { ready: 0, busy: 0, queued: 0, replaced: 0 }

async function openReader(options: VerificationOptions, paths: ReferencePaths): Promise<SecondReader | undefined> {
  if (await isThere(paths)) return openReferenceReader(paths, options)
  return options.mode === 'required' ? undefined : openStandInReader(options)
}

async function isThere({ wasmPath, descriptorsPath }: ReferencePaths): Promise<boolean> {
  try {
    await Promise.all([access(wasmPath), access(descriptorsPath)])
    return true
  } catch {
    return false
  }
}

function mint(value: GovernedSql, by: VerifiedBy, cached: boolean): Verified<GovernedSql> {
  return { value, by, cached } as unknown as Verified<GovernedSql>
}
