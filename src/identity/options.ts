import { z } from 'zod'
import { principalKinds } from '../model/principal.ts'

const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const

const keySetUrl = z
  .url({ protocol: /^https?$/ })
  .refine(isSafeToFetch, 'must be https, or http on the loopback interface')

const issuerOptions = z.strictObject({
  issuer: z.string().min(1).describe('Exact value of the `iss` claim.'),
  jwksUrl: keySetUrl.describe('Where the signing keys are. Keys come from nowhere else.'),
  algorithms: z
    .array(z.enum(signatureAlgorithms))
    .min(1)
    .default(['RS256', 'ES256'])
    .describe('Signatures that count.'),
  tokenTypes: z
    .array(z.string().min(1))
    .min(1)
    .default(['JWT', 'at+jwt'])
    .describe('Accepted `typ` headers; a token without one is accepted too.'),
  acceptIdTokens: z.boolean().default(false).describe('Whether ID tokens count as access tokens.'),
  authorizedParties: z
    .array(z.string().min(1))
    .default([])
    .describe('Values of `azp` that may bring a token which names other audiences beside this gateway.'),
  requiredScopes: z.array(z.string().min(1)).default([]).describe('Scopes that every token must carry.'),
  groupsClaim: z.string().min(1).default('groups').describe('The claim that lists groups.'),
  maxGroups: z.int().min(1).max(2_000).default(200).describe('Most groups in one token; more is refused.'),
  emailClaim: z.string().min(1).default('email').describe('The claim with the e-mail address.'),
  kindClaim: z.string().min(1).optional().describe('The claim that tells what kind of party this is.'),
  kinds: z
    .record(z.string(), z.enum(principalKinds))
    .default({})
    .describe('From values of `kindClaim` to agent, human, bi or service; another value is refused.'),
  defaultKind: z.enum(principalKinds).default('agent').describe('The kind where the claim is absent.'),
  attributeClaims: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('Attributes for the policy: from their names to the claims they come from.'),
})

export const identityOptions = z.strictObject({
  audiences: z
    .array(z.string().min(1))
    .min(1)
    .describe('Values of `aud` that mean this gateway; the MCP URL is usually one of them.'),
  issuers: z
    .array(issuerOptions)
    .min(1)
    .refine(areDistinct, 'must not name one issuer twice')
    .describe('Who may vouch.'),
  maxTokenBytes: z.int().min(512).max(65_536).default(16_384).describe('Largest token.'),
  clockSkewSeconds: z.int().min(0).max(60).default(30).describe('How far clocks may be apart.'),
  maxTokenLifetimeSeconds: z.int().min(60).max(604_800).default(86_400).describe('Longest time from `iat` to `exp`.'),
  maxCachedTokens: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(10_000)
    .describe('Verified tokens to remember until they expire.'),
  keySetTimeoutMs: z.int().min(100).max(30_000).default(5_000).describe('Longest wait for a key set.'),
})

export type IssuerOptions = Readonly<z.infer<typeof issuerOptions>>
export type IdentityOptions = Readonly<z.infer<typeof identityOptions>>

function isSafeToFetch(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function areDistinct(issuers: readonly { issuer: string }[]): boolean {
  return new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length
}
