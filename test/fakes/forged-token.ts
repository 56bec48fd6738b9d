import { constants, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** How a case of the attack corpus describes a token. */
export type TokenCase = {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>> | string
  readonly signature?: string
  readonly environment?: string
  /** Where a request has it, if not where it belongs. */
  readonly placement?: string
  readonly none?: boolean
  readonly static_key?: string
}

/** The token that a case describes, byte for byte, signed as it says: with the issuer's own key or a stranger's. */
export function forgeToken(forged: TokenCase, ownKey: KeyObject, now: Date): string | undefined {
  if (forged.none === true) return undefined
  if (forged.static_key !== undefined) return forged.static_key
  const { header = {}, claims, signature = '' } = forged
  const alg = String(header['alg'])
  const payload = typeof claims === 'string' ? claims : JSON.stringify(claimsAt(claims ?? {}, now))
  const parts = `${encode(JSON.stringify(header))}.${encode(payload)}`
  if (typeof claims === 'string') return `${parts}.AAAA.AAAA.AAAA`
  if (signature === '') return `${parts}.`
  if (signature.startsWith('r=0')) return `${parts}.${Buffer.alloc(64).toString('base64url')}`
  if (signature.includes('empty key')) return `${parts}.${encode('')}`
  const isOwn = /^valid|DPoP|unencoded/.test(signature)
  const key = isOwn ? ownKey : strangersKey
  const signed = alg === 'PS256' ? pss(key, parts) : createSign('sha256').update(parts).sign(key)
  const suffix = signature.includes('trailing') ? 'AA' : ''
  return `${parts}.${signed.toString('base64url')}${suffix}`
}

const strangersKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

function pss(key: KeyObject, text: string): Buffer {
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return createSign('sha256').update(text).sign({ key, padding, saltLength: 32 })
}

/** `now+300` and the like become seconds; `$repeat_list` becomes a list. */
function claimsAt(claims: Readonly<Record<string, unknown>>, now: Date): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimAt(value, now)]))
}

function claimAt(value: unknown, now: Date): unknown {
  const offset = typeof value === 'string' ? /^now([+-]\d+)?$/.exec(value) : undefined
  if (offset) return Math.floor(now.getTime() / 1_000) + Number(offset[1] ?? 0)
  if (typeof value === 'object' && value !== null && '$repeat_list' in value) {
    const [item, count] = value['$repeat_list'] as [unknown, number]
    return Array.from({ length: count }, () => item)
  }
  return value
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}
