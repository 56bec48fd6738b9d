import { createHash } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify, type RemoteJWKSet } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Authenticate } from '../gateway/ports.ts'
import { Failure } from '../model/failure.ts'
import type { Principal } from '../model/principal.ts'
import { principalFrom } from './claims.ts'
import { inspectToken } from './inspect-token.ts'
import type { IdentityOptions, IssuerOptions } from './options.ts'

type Voucher = { readonly issuer: IssuerOptions; readonly keys: RemoteJWKSet }

/** Who may vouch, ready to be asked. Every refusal is `unauthenticated`, with its reason as the cause. */
export function openAuthenticator(options: IdentityOptions, now: () => Date): Authenticate {
  const vouchers = new Map(options.issuers.map(issuer => [issuer.issuer, openVoucher(issuer, options)]))
  const known = new LRUCache<string, Principal>({ max: Math.max(1, options.maxCachedTokens) })

  return async ({ bearer }) => {
    try {
      if (bearer === undefined) throw new Error('no bearer token')
      const hash = createHash('sha256').update(bearer).digest('hex')
      const cached = known.get(hash)
      if (cached !== undefined && cached.expiresAt > now()) return cached
      const principal = await verifyToken(bearer, hash, vouchers, options, now())
      if (options.maxCachedTokens > 0) known.set(hash, principal)
      return principal
    } catch (cause) {
      throw new Failure('unauthenticated', {}, { cause })
    }
  }
}

function openVoucher(issuer: IssuerOptions, options: IdentityOptions): Voucher {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl), { timeoutDuration: options.keySetTimeoutMs })
  return { issuer, keys }
}

async function verifyToken(
  token: string,
  hash: string,
  vouchers: ReadonlyMap<string, Voucher>,
  options: IdentityOptions,
  now: Date,
): Promise<Principal> {
  const { issuer: name, type } = inspectToken(token, options.maxTokenBytes)
  const voucher = vouchers.get(name)
  if (voucher === undefined) throw new Error('the issuer is not configured')
  const { issuer, keys } = voucher
  if (type !== undefined && !isAcceptedType(type, issuer.tokenTypes)) throw new Error('the token is of another type')
  const { payload } = await jwtVerify(token, keys, {
    issuer: issuer.issuer,
    algorithms: [...issuer.algorithms],
    clockTolerance: options.clockSkewSeconds,
    currentDate: now,
    requiredClaims: ['sub', 'aud', 'exp', 'iat'],
  })
  return principalFrom(payload, issuer, options, hash, now) as Principal
}

/** Media types compare without case, and `application/` may be left out. */
function isAcceptedType(type: string, accepted: readonly string[]): boolean {
  const short = (text: string) => text.toLowerCase().replace(/^application\//, '')
  return accepted.some(candidate => short(candidate) === short(type))
}
