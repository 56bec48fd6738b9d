import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Person, people } from './people.ts'

/** Clients run on the same machine, so codes go to loopback only. */
const loopbackUrl = z.url({ protocol: /^http$/, hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/ })

export const registration = z.looseObject({ redirect_uris: z.array(loopbackUrl).min(1).max(10) })

export const authorizationRequest = z.looseObject({
  response_type: z.literal('code'),
  client_id: z.string().min(1).max(256),
  redirect_uri: loopbackUrl,
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  state: z.string().max(1_024).optional(),
  resource: z.string().max(2_048).optional(),
})
export type AuthorizationRequest = z.infer<typeof authorizationRequest>

type Grant = { readonly person: Person; readonly request: AuthorizationRequest; readonly expiresAt: number }

export type Codes = {
  readonly issue: (person: Person, request: AuthorizationRequest, now: Date) => string
  /** The grant behind a code, once, for the client that asked for it. */
  readonly redeem: (form: CodeForm, now: Date) => Grant | undefined
}

export type CodeForm = {
  readonly code: string
  readonly client_id: string
  readonly redirect_uri: string
  readonly code_verifier: string
}

const codeLifetimeMs = 60_000
const maxOpenCodes = 1_000

export function openCodes(): Codes {
  const grants = new Map<string, Grant>()
  return {
    issue(person, request, now) {
      const code = randomBytes(24).toString('base64url')
      grants.set(code, { person, request, expiresAt: now.getTime() + codeLifetimeMs })
      const [oldest] = grants.keys()
      if (grants.size > maxOpenCodes && oldest !== undefined) grants.delete(oldest)
      return code
    },
    redeem(form, now) {
      const grant = grants.get(form.code)
      grants.delete(form.code)
      if (grant === undefined || grant.expiresAt < now.getTime()) return undefined
      const { request } = grant
      const isSameClient = request.client_id === form.client_id && request.redirect_uri === form.redirect_uri
      const challenge = createHash('sha256').update(form.code_verifier).digest('base64url')
      return isSameClient && challenge === request.code_challenge ? grant : undefined
    },
  }
}

/** Where the browser goes with its code. */
export function redirectWith(code: string, request: AuthorizationRequest, issuer: string): string {
  const target = new URL(request.redirect_uri)
  target.searchParams.set('code', code)
  target.searchParams.set('iss', issuer)
  if (request.state !== undefined) target.searchParams.set('state', request.state)
  return target.href
}

/** The page that lists who one can be. */
export function signInPage(request: AuthorizationRequest): string {
  const hidden = Object.entries(request)
    .filter(([, value]) => typeof value === 'string')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`)
    .join('')
  const buttons = people.map(
    ({ name, about }) => `<p><button name="person" value="${name}">${name}</button> ${escapeHtml(about)}</p>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice sandbox</title>
<style>body{font:16px system-ui;margin:4rem auto;max-width:32rem}button{font:inherit;min-width:6rem}</style>
<h1>Who are you?</h1><form method="post" action="/authorize">${hidden}${buttons.join('')}</form></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
