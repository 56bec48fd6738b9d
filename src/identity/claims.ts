import { z } from 'zod'
import type { PrincipalClaims, PrincipalKind } from '../model/principal.ts'
import type { IdentityOptions, IssuerOptions } from './options.ts'

/** Text that can stand in a log line and be compared: no control or invisible characters, no space at its ends. */
const plainText = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/^(?!\s)[^\p{C}]+(?<!\s)$/u)

const seconds = z
  .number()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER / 1_000)

const payloadSchema = z.looseObject({
  iss: z.string(),
  sub: plainText(255),
  aud: z.union([z.string(), z.array(z.string()).min(1).max(32)]),
  exp: seconds,
  iat: seconds,
  nbf: seconds.optional(),
  jti: z.string().max(256).optional(),
  azp: z.string().optional(),
  scope: z.string().optional(),
})

/** Claims that only ID tokens have. */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash', 's_hash']
const accessTokenUses: readonly unknown[] = [undefined, 'access']
/** Some issuers sign all their tokens with one key, refresh tokens too, and say in the claim `typ` which one it is. */
const usableTypes: readonly unknown[] = [undefined, 'Bearer', 'ID']

/** The principal that verified claims describe. Throws where they break one of the configured rules. */
export function principalFrom(
  payload: unknown,
  issuer: IssuerOptions,
  options: Pick<IdentityOptions, 'audiences' | 'maxTokenLifetimeSeconds' | 'clockSkewSeconds'>,
  credentialHash: string,
  now: Date,
): PrincipalClaims {
  const claims = payloadSchema.parse(payload)
  checkAudience([claims.aud].flat(), claims.azp, options.audiences, issuer.authorizedParties)
  checkTimes(claims, options, now)
  checkUse(claims, issuer)
  const email = emailFrom(claims, issuer)
  return {
    issuer: claims.iss,
    subject: claims.sub,
    groups: groupsFrom(claims[issuer.groupsClaim], issuer.maxGroups),
    kind: kindFrom(claims, issuer),
    attributes: attributesFrom(claims, issuer),
    credentialId: claims.jti ?? `sha256:${credentialHash}`,
    expiresAt: new Date(claims.exp * 1_000),
    ...(email === undefined ? {} : { email }),
  }
}

function checkAudience(
  named: readonly string[],
  authorizedParty: string | undefined,
  ours: readonly string[],
  authorizedParties: readonly string[],
): void {
  if (!named.some(audience => ours.includes(audience))) throw new Error('the audience is somebody else')
  if (named.every(audience => ours.includes(audience))) return
  if (authorizedParty === undefined || !authorizedParties.includes(authorizedParty)) {
    throw new Error('the token names other audiences too, and its authorized party is not configured')
  }
}

function checkTimes(
  { exp, iat }: { exp: number; iat: number },
  limits: Pick<IdentityOptions, 'maxTokenLifetimeSeconds' | 'clockSkewSeconds'>,
  now: Date,
): void {
  if (iat > now.getTime() / 1_000 + limits.clockSkewSeconds) throw new Error('issued in the future: check the clocks')
  if (exp - iat > limits.maxTokenLifetimeSeconds) throw new Error('the token lives longer than allowed')
}

function checkUse(claims: z.infer<typeof payloadSchema>, issuer: IssuerOptions): void {
  // A sender-constrained token without its proof is a stolen one, as far as anybody can tell.
  if (claims['cnf'] !== undefined) throw new Error('the token is bound to a key, and no proof of it is accepted')
  if (claims['events'] !== undefined) throw new Error('the token reports an event, it grants nothing')
  const { typ, token_use: use } = claims
  if (!usableTypes.includes(typ)) throw new Error('the token says that it is of another type')
  const isIdToken = typ === 'ID' || !accessTokenUses.includes(use) || idTokenClaims.some(name => name in claims)
  if (isIdToken && !issuer.acceptIdTokens) throw new Error('an ID token is no access token')
  const scopes = claims.scope?.split(' ') ?? []
  const missing = issuer.requiredScopes.filter(scope => !scopes.includes(scope))
  if (missing.length > 0) throw new Error(`the token lacks the scope ${missing.join(' ')}`)
}

function groupsFrom(claim: unknown, maxGroups: number): readonly string[] {
  return z.array(plainText(256)).max(maxGroups).default([]).parse(claim)
}

function kindFrom(claims: Readonly<Record<string, unknown>>, issuer: IssuerOptions): PrincipalKind {
  const value = issuer.kindClaim === undefined ? undefined : claims[issuer.kindClaim]
  if (value === undefined) return issuer.defaultKind
  const kind = typeof value === 'string' && Object.hasOwn(issuer.kinds, value) ? issuer.kinds[value] : undefined
  if (kind === undefined) throw new Error('the kind of the principal is not configured')
  return kind
}

function emailFrom(claims: Readonly<Record<string, unknown>>, issuer: IssuerOptions): string | undefined {
  if (claims['email_verified'] === false) return undefined
  return plainText(320).optional().parse(claims[issuer.emailClaim])
}

function attributesFrom(claims: Readonly<Record<string, unknown>>, issuer: IssuerOptions): Record<string, string> {
  const given = Object.entries(issuer.attributeClaims).filter(([, claim]) => claims[claim] !== undefined)
  return Object.fromEntries(given.map(([name, claim]) => [name, plainText(1_024).parse(claims[claim])]))
}
