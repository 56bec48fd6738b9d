import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** An identity provider for tests: real keys and a real key set on loopback, and tokens as good or bad as one asks. */
export type IdentityProvider = {
  readonly issuer: string
  readonly jwksUrl: string
  readonly keys: { readonly rsa: CryptoKey; readonly ec: CryptoKey; readonly encryption: CryptoKey }
  /** What the key set answers from now on; `undefined` is the real one. */
  readonly answerWith: (answer: { status: number; body: string } | undefined) => void
  readonly sign: (claims: object, header?: object, key?: CryptoKey) => Promise<string>
  readonly close: () => Promise<void>
}

export async function openIdentityProvider(issuer = 'https://idp.acme.example'): Promise<IdentityProvider> {
  const rsa = await generateKeyPair('RS256', { extractable: true })
  const ec = await generateKeyPair('ES256', { extractable: true })
  const encryption = await generateKeyPair('RS256', { extractable: true })
  const jwks = JSON.stringify({
    keys: [
      await publicKey(rsa.publicKey, { kid: 'rsa-1', alg: 'RS256', use: 'sig' }),
      await publicKey(ec.publicKey, { kid: 'ec-1', alg: 'ES256', use: 'sig' }),
      await publicKey(encryption.publicKey, { kid: 'enc-1', use: 'enc' }),
    ],
  })
  let answer: { status: number; body: string } | undefined
  const server = createServer((_, response) => {
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' }).end(answer?.body ?? jwks)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    issuer,
    jwksUrl: `http://127.0.0.1:${port}/jwks`,
    keys: { rsa: rsa.privateKey, ec: ec.privateKey, encryption: encryption.privateKey },
    answerWith: next => {
      answer = next
    },
    sign: (claims, header = {}, key = rsa.privateKey) =>
      new SignJWT({ iss: issuer, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'rsa-1', ...header }).sign(key),
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

async function publicKey(key: CryptoKey, members: JWK): Promise<JWK> {
  return { ...(await exportJWK(key)), ...members }
}
