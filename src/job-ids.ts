import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IsJobOwnedBy, JobPlace, NewJobId } from './gateway/ports.ts'
import { type PrincipalClaims, principalId } from './model/principal.ts'

type Owner = Pick<PrincipalClaims, 'issuer' | 'subject'>

export type JobIds = {
  readonly newJobId: NewJobId
  /** Whether Sluice, with the same key, gave this id to a job of this owner in this place. */
  readonly isOwnedBy: IsJobOwnedBy
}

const nonceDigits = 24
const pattern = /^sluice_([0-9a-f]{24})_([0-9a-f]{32})$/

/** Job ids that tell every replica with the same key whose they are, and tell nobody else anything. */
export function openJobIds(key: string): JobIds {
  const mark = (nonce: string, owner: Owner, { project, location }: JobPlace) => {
    const text = JSON.stringify([nonce, principalId(owner), project, location.toLowerCase()])
    return createHmac('sha256', key).update(text).digest('hex').slice(0, 32)
  }
  return {
    newJobId(owner, place, seed) {
      const nonce = seed === undefined ? newNonce() : nonceOf(seed)
      return `sluice_${nonce}_${mark(nonce, owner, place)}`
    },
    isOwnedBy(jobId, owner, place) {
      const [, nonce = '', given = ''] = pattern.exec(jobId) ?? []
      const expected = mark(nonce, owner, place)
      return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
    },
  }
}

/** 90 random bits, from a store that the system filled in advance. */
function newNonce(): string {
  return randomUUID().replaceAll('-', '').slice(0, nonceDigits)
}

/** The same for the same seed; whose job it is, and where, is in the mark. */
function nonceOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, nonceDigits)
}
