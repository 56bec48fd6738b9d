import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAuthenticator } from '../identity/authenticate.ts'
import { identityOptions } from '../identity/options.ts'
import { type Issuer, openIssuer } from './issuer.ts'
import { openIssuerKeys } from './issuer-keys.ts'
import { mintToken } from './mint-token.ts'
import { people } from './people.ts'

const audience = 'http://127.0.0.1:8080/mcp'
const redirectUri = 'http://localhost:4711/callback'
const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

let statePath: string
let issuer: Issuer

beforeAll(async () => {
  statePath = await mkdtemp(join(tmpdir(), 'sluice-issuer-'))
  issuer = await openIssuer({ statePath, port: 0, audiences: [audience], lifetimeSeconds: 3_600 })
})
afterAll(async () => {
  await issuer.close()
  await rm(statePath, { recursive: true })
})

function authenticator() {
  const options = { audiences: [audience], issuers: [{ issuer: issuer.url, jwksUrl: issuer.jwksUrl }] }
  return openAuthenticator(identityOptions.parse(options), () => new Date())
}

function authorizeUrl(changes: Record<string, string> = {}): URL {
  const url = new URL('/authorize', issuer.url)
  const query = { response_type: 'code', client_id: 'c', redirect_uri: redirectUri, code_challenge: challenge }
  url.search = `${new URLSearchParams({ ...query, code_challenge_method: 'S256', state: 's<1>', resource: audience, ...changes })}`
  return url
}

async function signIn(person: string): Promise<URL> {
  const body = new URLSearchParams(authorizeUrl().searchParams)
  body.set('person', person)
  const reply = await fetch(new URL('/authorize', issuer.url), { method: 'POST', body, redirect: 'manual' })
  return new URL(reply.headers.get('location') ?? '')
}

function redeem(form: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: 'c', redirect_uri: redirectUri, code_verifier: verifier, ...form })
  return fetch(new URL('/token', issuer.url), { method: 'POST', body })
}

test('a minted token says who somebody is', async () => {
  const alice = await authenticator()({ bearer: await issuer.mint('alice') })
  expect(alice).toMatchObject({ subject: 'alice', groups: ['analysts'], email: 'alice@acme.example' })
  const mallory = await authenticator()({ bearer: await issuer.mint('mallory') })
  expect(mallory.groups).toEqual([])
  await expect(issuer.mint('eve')).rejects.toThrow('alice, bob, mallory')
})

test('keys are kept for their owner alone, so that another process mints valid tokens', async () => {
  const [alice] = people
  if (alice === undefined) throw new Error('nobody lives here')
  const keys = await openIssuerKeys(statePath)
  const token = await mintToken(alice, keys, { issuer: issuer.url, audience, lifetimeSeconds: 60 }, new Date())
  expect((await authenticator()({ bearer: token })).subject).toBe('alice')
  expect((await stat(join(statePath, 'issuer-keys.json'))).mode & 0o077).toBe(0)
  expect(JSON.stringify(keys.published)).not.toContain('"d"')
})

describe('signing in by browser', () => {
  test('leads from the list of people to a token for one of them', async () => {
    const page = await (await fetch(authorizeUrl())).text()
    expect(page).toContain('mallory')
    expect(page).not.toContain('s<1>')
    const back = await signIn('bob')
    expect(back.origin + back.pathname).toBe(redirectUri)
    expect(back.searchParams.get('state')).toBe('s<1>')
    expect(back.searchParams.get('iss')).toBe(issuer.url)
    const code = back.searchParams.get('code') ?? ''
    const reply = await redeem({ grant_type: 'authorization_code', code })
    const { access_token } = (await reply.json()) as { access_token: string }
    expect((await authenticator()({ bearer: access_token })).subject).toBe('bob')
    expect((await redeem({ grant_type: 'authorization_code', code })).status).toBe(400)
  })

  test('holds the code to the client that asked', async () => {
    const wrong = [{ client_id: 'other' }, { redirect_uri: 'http://localhost:1/' }, { code_verifier: 'a'.repeat(43) }]
    for (const change of wrong) {
      const code = (await signIn('bob')).searchParams.get('code') ?? ''
      expect((await redeem({ grant_type: 'authorization_code', code, ...change })).status).toBe(400)
    }
  })

  test.each<[string, Record<string, string>]>([
    ['a redirect to somewhere else', { redirect_uri: 'https://evil.example/cb' }],
    ['a redirect to a name that looks local', { redirect_uri: 'http://localhost.evil.example/cb' }],
    ['plain challenges', { code_challenge_method: 'plain' }],
    ['another resource', { resource: 'https://other.example/mcp' }],
  ])('refuses %s', async (_, changes) => {
    expect((await fetch(authorizeUrl(changes))).status).toBe(400)
  })

  test('is not open to web pages of others', async () => {
    const reply = await fetch(authorizeUrl(), { headers: { origin: 'https://evil.example' } })
    expect(reply.status).toBe(403)
  })
})

test('a program signs in as a person by name', async () => {
  const reply = await redeem({ grant_type: 'client_credentials', client_id: 'alice' })
  const { access_token } = (await reply.json()) as { access_token: string }
  expect((await authenticator()({ bearer: access_token })).subject).toBe('alice')
  expect((await redeem({ grant_type: 'client_credentials', client_id: 'eve' })).status).toBe(400)
})

test('clients may register themselves for loopback only', async () => {
  const register = (uri: string) =>
    fetch(new URL('/register', issuer.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'x', redirect_uris: ['http://127.0.0.1/cb', uri] }),
    })
  expect((await register(redirectUri)).status).toBe(201)
  expect((await register('https://evil.example/cb')).status).toBe(400)
})
