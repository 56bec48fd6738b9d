import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { IssuerKeys } from './issuer-keys.ts'
import type { Person } from './people.ts'

export type TokenTerms = { readonly issuer: string; readonly audience: string; readonly lifetimeSeconds: number }

/** An access token for a person of the sandbox, as an identity provider would issue it. */
export function mintToken(person: Person, keys: IssuerKeys, terms: TokenTerms, now: Date): Promise<string> {
  const { name, email, groups, kind } = person
  const issuedAt = Math.floor(now.getTime() / 1_000)
  return new SignJWT({ groups, kind, ...(email !== undefined && { email }) })
    .setProtectedHeader({ alg: keys.signing.alg, kid: keys.signing.kid, typ: 'at+jwt' })
    .setIssuer(terms.issuer)
    .setSubject(name)
    .setAudience(terms.audience)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + terms.lifetimeSeconds)
    .sign(keys.signing.key)
}
