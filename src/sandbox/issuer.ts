import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/fastify'
import { type FastifyInstance, fastify } from 'fastify'
import { z } from 'zod'
import { openIssuerKeys } from './issuer-keys.ts'
import { mintToken } from './mint-token.ts'
import { people, personNamed } from './people.ts'
import { authorizationRequest, openCodes, redirectWith, registration, signInPage } from './sign-in.ts'

export type IssuerSettings = {
  /** Directory that keeps the signing keys. */
  readonly statePath: string
  readonly port: number
  /** Audiences that tokens may be asked for; the first where the client names none. */
  readonly audiences: readonly [string, ...string[]]
  readonly lifetimeSeconds: number
}

export type Issuer = {
  readonly url: string
  readonly jwksUrl: string
  /** A token for a person of the sandbox by name. */
  readonly mint: (person: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** What every handler of the issuer needs. */
type Desk = {
  readonly url: () => string
  readonly audienceOf: (resource: string | undefined) => string | undefined
  readonly tokenFor: (person: string, audience: string) => Promise<string>
  readonly lifetimeSeconds: number
}

/** An OpenID Connect issuer on loopback for the sandbox: real keys, real tokens, no passwords. */
export async function openIssuer(settings: IssuerSettings): Promise<Issuer> {
  const { statePath, port, audiences, lifetimeSeconds } = settings
  const keys = await openIssuerKeys(statePath)
  const app = openApp()
  let url = ''
  const desk: Desk = {
    url: () => url,
    audienceOf: resource => (resource === undefined ? audiences[0] : audiences.find(known => known === resource)),
    tokenFor: async (name, audience) => {
      const person = personNamed(name)
      if (person === undefined)
        throw new Error(`There is no ${name} here; there are ${people.map(p => p.name).join(', ')}.`)
      return mintToken(person, keys, { issuer: url, audience, lifetimeSeconds }, new Date())
    },
    lifetimeSeconds,
  }
  app.get('/jwks', async () => keys.published)
  for (const name of ['openid-configuration', 'oauth-authorization-server']) {
    app.get(`/.well-known/${name}`, async () => discoveryDocument(url))
  }
  addSignIn(app, desk)
  url = (await app.listen({ host: '127.0.0.1', port })).replace(/\/$/, '')
  return {
    url,
    jwksUrl: `${url}/jwks`,
    mint: person => desk.tokenFor(person, audiences[0]),
    close: () => app.close(),
  }
}

function openApp(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 65_536 })
  app.addHook('onRequest', localhostHostValidation())
  app.addHook('onRequest', localhostOriginValidation())
  app.addHook('onSend', async (_, reply) => {
    void reply.header('cache-control', 'no-store').header('x-frame-options', 'DENY')
  })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  )
  app.setErrorHandler((thrown: Error, _, reply) =>
    reply.code(400).send({ error: 'invalid_request', error_description: thrown.message }),
  )
  return app
}

function addSignIn(app: FastifyInstance, desk: Desk): void {
  const codes = openCodes()
  app.post('/register', async (request, reply) => {
    const { redirect_uris } = registration.parse(request.body)
    return reply.code(201).send({
      ...{ client_id: 'sandbox-client', redirect_uris, token_endpoint_auth_method: 'none' },
      ...{ grant_types: ['authorization_code'], response_types: ['code'] },
    })
  })
  app.get('/authorize', async (request, reply) => {
    const asked = authorizationRequest.parse(request.query)
    if (desk.audienceOf(asked.resource) === undefined) throw new Error('There is no such resource.')
    return reply
      .type('text/html')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(signInPage(asked))
  })
  app.post('/authorize', async (request, reply) => {
    const { person: name, ...asked } = authorizationRequest.extend({ person: z.string() }).parse(request.body)
    const person = personNamed(name)
    if (person === undefined) throw new Error('There is no such person.')
    return reply.redirect(redirectWith(codes.issue(person, asked, new Date()), asked, desk.url()), 303)
  })
  app.post('/token', async request => {
    const form = tokenForm.parse(request.body)
    if (form.grant_type === 'client_credentials') return answer(form.client_id, form.resource, desk)
    const grant = codes.redeem(form, new Date())
    if (grant === undefined) throw new Error('The code does not hold.')
    return answer(grant.person.name, form.resource ?? grant.request.resource, desk)
  })
}

const tokenForm = z.discriminatedUnion('grant_type', [
  z.looseObject({
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    client_id: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
    resource: z.string().optional(),
  }),
  // The client's id is the person's name: the sandbox has no passwords to ask for.
  z.looseObject({
    grant_type: z.literal('client_credentials'),
    client_id: z.string(),
    resource: z.string().optional(),
  }),
])

async function answer(person: string, resource: string | undefined, desk: Desk): Promise<object> {
  const audience = desk.audienceOf(resource)
  if (audience === undefined) throw new Error('There is no such resource.')
  const access_token = await desk.tokenFor(person, audience)
  return { access_token, token_type: 'Bearer', expires_in: desk.lifetimeSeconds }
}

function discoveryDocument(url: string): object {
  return {
    issuer: url,
    jwks_uri: `${url}/jwks`,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    registration_endpoint: `${url}/register`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  }
}
