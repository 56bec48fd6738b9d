import { createHash, randomBytes } from 'node:crypto'

const redirectUri = 'http://localhost:4711/callback'

/** The way of an MCP client from a 401 to a token, with a person who clicks on a name. */
export async function signIn(mcpUrl: string, person: string): Promise<string> {
  const refused = await fetch(mcpUrl, { method: 'POST' })
  const metadataUrl = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1] ?? ''
  const resource = await json(await fetch(metadataUrl))
  const [server] = resource['authorization_servers'] as string[]
  const endpoints = await json(await fetch(new URL('/.well-known/oauth-authorization-server', server)))
  const registration = { redirect_uris: [redirectUri] }
  const { client_id } = await json(await post(endpoints['registration_endpoint'], JSON.stringify(registration), 'json'))

  const verifier = randomBytes(32).toString('base64url')
  const asked = {
    ...{ response_type: 'code', client_id: String(client_id), redirect_uri: redirectUri, person },
    ...{ code_challenge_method: 'S256', resource: String(resource['resource']) },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }
  const back = await post(endpoints['authorization_endpoint'], `${new URLSearchParams(asked)}`)
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri }
  const grant = new URLSearchParams({ ...form, client_id: asked.client_id, resource: asked.resource })
  return String((await json(await post(endpoints['token_endpoint'], `${grant}`)))['access_token'])
}

function post(url: unknown, body: string, type = 'x-www-form-urlencoded'): Promise<Response> {
  return fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': `application/${type}` },
    body,
    redirect: 'manual',
  })
}

async function json(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}
