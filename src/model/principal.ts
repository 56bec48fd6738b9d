import type { Brand } from '../base/brand.ts'

export const principalKinds = ['agent', 'human', 'bi', 'service'] as const
export type PrincipalKind = (typeof principalKinds)[number]

/** Who a decision is about. Identity is (issuer, subject) and nothing else; the rest are attributes. */
export type PrincipalClaims = {
  readonly issuer: string
  readonly subject: string
  readonly groups: readonly string[]
  readonly email?: string
  readonly kind: PrincipalKind
  readonly attributes: Readonly<Record<string, string>>
  /** Identifies the credential without revealing it: `jti`, or a hash of the token. */
  readonly credentialId: string
  readonly expiresAt: Date
}

/** Minted only by `identity/authenticate.ts`. */
export type Principal = Brand<PrincipalClaims, 'Principal'>

/** What the client presented. Never stored, never logged. */
export type Credential = { readonly bearer: string | undefined }

export function principalId(principal: Pick<PrincipalClaims, 'issuer' | 'subject'>): string {
  return `${principal.issuer}#${principal.subject}`
}
