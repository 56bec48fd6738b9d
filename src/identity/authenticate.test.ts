import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { exportPKCS8 } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgeToken, type TokenCase } from '../../test/fakes/forged-token.ts'
import { type IdentityProvider, openIdentityProvider } from '../../test/fakes/identity-provider.ts'
import { Failure } from '../model/failure.ts'
import { openAuthenticator } from './authenticate.ts'
import { identityOptions } from './options.ts'

let provider: IdentityProvider
const now = new Date()
const seconds = Math.floor(now.getTime() / 1_000)
const honest = { aud: 'bq-gateway', sub: 'alice', groups: ['analysts'], iat: seconds, exp: seconds + 300 }

beforeAll(async () => {
  provider = await openIdentityProvider()
})
afterAll(() => provider.close())

function open(issuer: object = {}, rest: object = {}, clock = () => now) {
  const issuers = [{ issuer: provider.issuer, jwksUrl: provider.jwksUrl, ...issuer }]
  return openAuthenticator(identityOptions.parse({ audiences: ['bq-gateway'], issuers, ...rest }), clock)
}

const ownKey = async () => createPrivateKey(await exportPKCS8(provider.keys.rsa))

/** The cause of the refusal, which only the log sees. */
async function refusal(bearer: string | undefined, authenticate = open()): Promise<string> {
  const thrown = await authenticate({ bearer }).then(
    principal => expect.fail(`accepted as ${principal.subject}`),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(Failure)
  const failure = thrown as Failure
  expect(failure.code).toBe('unauthenticated')
  expect(failure.message).toBe('The credential was not accepted.')
  return String(failure.cause)
}

describe('a good token', () => {
  test('makes the principal that its claims describe', async () => {
    const token = await provider.sign({ ...honest, email: 'alice@acme.example', jti: 'j-1' })
    expect(await open()({ bearer: token })).toEqual({
      issuer: 'https://idp.acme.example',
      subject: 'alice',
      groups: ['analysts'],
      email: 'alice@acme.example',
      kind: 'agent',
      attributes: {},
      credentialId: 'j-1',
      expiresAt: new Date((seconds + 300) * 1_000),
    })
  })

  test('may be signed with ES256', async () => {
    const token = await provider.sign(honest, { alg: 'ES256', kid: 'ec-1' }, provider.keys.ec)
    expect((await open()({ bearer: token })).subject).toBe('alice')
  })

  test('tells its kind and attributes by configured claims', async () => {
    const mapped = { kindClaim: 'role', kinds: { person: 'human' }, attributeClaims: { region: 'acme_region' } }
    const token = await provider.sign({ ...honest, role: 'person', acme_region: 'EU' })
    expect(await open(mapped)({ bearer: token })).toMatchObject({ kind: 'human', attributes: { region: 'EU' } })
    expect(await refusal(await provider.sign({ ...honest, role: 'root' }), open(mapped))).toContain('kind')
  })

  test('is verified once and then remembered until it expires', async () => {
    let clock = now
    const authenticate = open({}, {}, () => clock)
    const token = await provider.sign(honest)
    const first = await authenticate({ bearer: token })
    provider.answerWith({ status: 500, body: '' })
    expect(await authenticate({ bearer: token })).toBe(first)
    provider.answerWith(undefined)
    clock = new Date(now.getTime() + 400_000)
    expect(await refusal(token, authenticate)).toContain('exp')
  })

  test('that names other audiences too counts only from a configured party', async () => {
    const shared = await provider.sign({ ...honest, aud: ['bq-gateway', 'mail'], azp: 'desk' })
    expect(await refusal(shared)).toContain('audiences')
    expect((await open({ authorizedParties: ['desk'] })({ bearer: shared })).subject).toBe('alice')
  })
})

describe('a bad token', () => {
  test.each([
    ['a list of two parties as subject', { sub: ['alice', 'bob'] }, /sub/],
    ['a subject with a control character', { sub: 'alice\u0000' }, /sub/],
    ['groups that are not all text', { groups: ['analysts', 7] }, /number/],
    ['groups as one text', { groups: 'analysts' }, /array/],
    ['more groups than allowed', { groups: Array.from({ length: 201 }, (_, n) => `g${n}`) }, /200/],
    ['a life that is too long', { exp: seconds + 90_000 }, /longer/],
    ['a key it is bound to', { cnf: { jkt: 'x' } }, /bound/],
    ['a logout event', { events: {} }, /event/],
    ['being a refresh token', { typ: 'Refresh' }, /type/],
    ['being an ID token', { typ: 'ID' }, /ID token/],
  ])('is refused for %s', async (_, claims, cause) => {
    expect(await refusal(await provider.sign({ ...honest, ...claims }))).toMatch(cause)
  })

  test('is refused without a required scope', async () => {
    const authenticate = open({ requiredScopes: ['query'] })
    expect(await refusal(await provider.sign({ ...honest, scope: 'tools:read' }), authenticate)).toContain('query')
    expect(await authenticate({ bearer: await provider.sign({ ...honest, scope: 'tools:read query' }) })).toBeDefined()
  })

  test('is refused when a key comes twice in its claims', async () => {
    const [header, , signature] = (await provider.sign(honest)).split('.')
    const claims = `{"iss":"${provider.issuer}","sub":"alice","sub":"bob"}`
    const token = `${header}.${Buffer.from(claims).toString('base64url')}.${signature}`
    expect(await refusal(token)).toContain('ambiguous')
  })

  test('is refused by size before anything else is looked at', async () => {
    expect(await refusal('a'.repeat(20_000))).toContain('16384')
  })

  test('is refused while the key set cannot be had', async () => {
    const token = await provider.sign(honest)
    for (const answer of [
      { status: 500, body: '' },
      { status: 200, body: '<html>' },
      { status: 200, body: '{"keys":[]}' },
    ]) {
      provider.answerWith(answer)
      await refusal(token)
    }
    provider.answerWith(undefined)
  })
})

type AuthCase = {
  readonly id: string
  readonly channel: string
  readonly goal: string
  readonly request: { token: TokenCase }
}

/** Tokens that are genuine: they must mean exactly what they say, and policy judges the rest. */
const genuine: Readonly<Record<string, { subject: string; groups: string[] }>> = {
  'AUT-037': { subject: 'Alice', groups: ['analysts'] },
  'AUT-042': { subject: 'alice', groups: ['analysts-pii-admins-readonly'] },
  'AUT-045': { subject: 'alice', groups: [] },
  'AUT-047': { subject: 'alice', groups: [] },
  'AUT-049': { subject: 'alice', groups: ['analysts'] },
}

/** The token is good; where it is put is what is wrong, so the door refuses it. */
const byPlacement = ['AUT-053', 'AUT-054']

const cases = readFileSync('test/corpus/attacks/attacks.jsonl', 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as AuthCase)
  .filter(({ id, channel }) => channel === 'auth' && !byPlacement.includes(id))

describe('the attack corpus', () => {
  test.each(cases.filter(({ id }) => !(id in genuine)))('$id is refused: $goal', async ({ request: { token } }) => {
    const { environment = '' } = token
    const behind = environment.includes('10 minutes behind') ? 600_000 : 0
    if (environment.includes('JWKS')) provider.answerWith({ status: 500, body: '' })
    await refusal(
      forgeToken(token, await ownKey(), now),
      open({}, {}, () => new Date(now.getTime() - behind)),
    )
    provider.answerWith(undefined)
  })

  test.each(cases.filter(({ id }) => id in genuine))('$id means exactly what it says: $goal', async attack => {
    const principal = await open()({ bearer: forgeToken(attack.request.token, await ownKey(), now) })
    expect(principal).toMatchObject(genuine[attack.id] ?? {})
  })
})
