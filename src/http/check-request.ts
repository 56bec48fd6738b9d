import type { FastifyReply, FastifyRequest } from 'fastify'

/** Credentials in a URL end up in logs and histories of every hop. */
const credentialParameters = ['access_token', 'oauth_token', 'id_token', 'token', 'key', 'api_key']

/** Refuses what no honest client sends, before anything reads the request. */
export async function checkRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const reason = faultOf(request)
  if (reason === undefined) return
  await reply.code(400).send({ error: { code: 'request_invalid', message: reason } })
}

function faultOf({ raw, url }: FastifyRequest): string | undefined {
  if (!url.startsWith('/') || url.startsWith('//')) return 'The request target must be a path.'
  for (const name of ['host', 'authorization', 'content-length', 'origin']) {
    if (count(raw.rawHeaders, name) > 1) return `The header ${name} comes more than once.`
  }
  const search = new URLSearchParams(url.split('?')[1] ?? '')
  const credential = credentialParameters.find(name => search.has(name))
  return credential === undefined ? undefined : 'A credential belongs in the Authorization header, not in the URL.'
}

/** Raw headers alternate names and values. */
function count(rawHeaders: readonly string[], wanted: string): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === wanted).length
}
