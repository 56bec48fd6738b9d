import { z } from 'zod'
import { parseStrictJson } from '../base/strict-json.ts'

const maxDepth = 16
const maxKeyIdLength = 256

// These offer keys of the sender's own choice, or change how the token is to be read.
const refusedMembers = ['crit', 'b64', 'enc', 'zip', 'cty', 'jwk', 'jku', 'x5c', 'x5u']

const headerSchema = z.looseObject({
  alg: z.string(),
  kid: z.string().min(1).max(maxKeyIdLength),
  typ: z.string().optional(),
})

const issuerSchema = z.looseObject({ iss: z.string() })

export type InspectedToken = { readonly type: string | undefined; readonly issuer: string }

/** What a token says of itself before anything is believed. Throws where two readers could see two tokens in it. */
export function inspectToken(token: string, maxBytes: number): InspectedToken {
  if (token.length > maxBytes) throw new Error(`the token has more than ${maxBytes} bytes`)
  const [header, payload, signature, ...others] = token.split('.')
  if (!header || !payload || !signature || others.length > 0) throw new Error('the token is not a compact JWS')
  for (const part of [header, payload, signature]) {
    if (Buffer.from(part, 'base64url').toString('base64url') !== part)
      throw new Error('a part is not canonical base64url')
  }
  const members = headerSchema.parse(parseStrictJson(decoded(header), maxDepth))
  const refused = refusedMembers.find(name => name in members)
  if (refused !== undefined) throw new Error(`the header has ${refused}`)
  const { iss } = issuerSchema.parse(parseStrictJson(decoded(payload), maxDepth))
  return { type: members.typ, issuer: iss }
}

function decoded(part: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'))
}
