import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type PrincipalClaims, principalKinds } from '../../model/principal.ts'
import { people, personNamed } from '../../sandbox/people.ts'

const claims = z.strictObject({
  subject: z.string().min(1),
  issuer: z.string().min(1).default('https://idp.invalid'),
  groups: z.array(z.string()).default([]),
  email: z.string().optional(),
  kind: z.enum(principalKinds).default('agent'),
  attributes: z.record(z.string(), z.string()).default({}),
})

/** Somebody of the sandbox by name, or anybody by a file of claims. */
export async function readPerson(nameOrPath: string): Promise<PrincipalClaims> {
  const known = personNamed(nameOrPath)
  if (known !== undefined) return claimsOf({ subject: known.name, groups: [...known.groups], kind: known.kind })
  if (existsSync(nameOrPath)) return claimsOf(JSON.parse(await readFile(nameOrPath, 'utf8')))
  const names = people.map(({ name }) => name).join(', ')
  throw new Error(`There is no ${nameOrPath}: name one of ${names}, or a JSON file with subject, groups and kind.`)
}

function claimsOf(given: unknown): PrincipalClaims {
  const { email, ...rest } = claims.parse(given)
  return { ...rest, ...(email === undefined ? {} : { email }), credentialId: 'explain', expiresAt: new Date(0) }
}
