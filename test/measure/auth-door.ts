import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { forgeToken, type TokenCase } from '../fakes/forged-token.ts'
import type { AttackCase, HttpCase } from './cases.ts'
import { sendHttp } from './http-door.ts'
import type { Answer } from './judge.ts'
import type { SandboxUnderTest } from './sandbox-under-test.ts'

/** What the corpus calls the issuer, the audience and the key of the world that it describes. */
const ofCorpus = { issuer: 'https://idp.acme.example', audience: 'bq-gateway', kid: 'rsa-1' }

/** Good tokens of somebody whose name is like alice's: what they must not be taken for is alice. */
const namesakes: ReadonlySet<string> = new Set(['AUT-037'])
const jobOfAlice: HttpCase = { method: 'GET', path: '/bigquery/v2/projects/acme-prod/jobs/alice_job_1' }

/** Claims of tokens that cases of other kinds speak of. */
const otherClaims: Readonly<Record<string, object>> = {
  'POL-018': { groups: ['pii-training'] },
  'REC-030': { name: '<script>alert(1)</script>', email: '<script>alert(1)</script>@acme.example' },
}

export function hasOtherToken({ id }: AttackCase): boolean {
  return Object.hasOwn(otherClaims, id)
}

function tokenOf({ id, request }: AttackCase): TokenCase {
  if (request?.token !== undefined) return request.token
  const { issuer: iss, audience: aud, kid } = ofCorpus
  const claims = { iss, aud, sub: 'alice', groups: ['analysts'], exp: 'now+300', iat: 'now', ...otherClaims[id] }
  return { header: { alg: 'RS256', kid }, claims, signature: 'valid' }
}

/** The answers to a request with the token that a case describes, signed by the sandbox's own issuer where it says "valid". */
export async function askWithToken(attack: AttackCase, sandbox: SandboxUnderTest): Promise<readonly Answer[]> {
  const token = tokenOf(attack)
  const { sql, request } = attack
  const body = sql === undefined ? (request?.request ?? request)?.body : { query: sql, useLegacySql: false }
  const bearer = forgeToken(await asHere(token, sandbox), await issuersKey(sandbox), new Date())
  const query: HttpCase = { path: '/bigquery/v2/projects/acme-prod/queries', body }
  const asked = namesakes.has(attack.id) ? jobOfAlice : query
  const base = new URL(sandbox.restUrl)
  return Promise.all(placements(bearer, token).map(where => sendHttp(base, '', { ...asked, ...where })))
}

/** Where a request has its token; a case may want several that are wrong in their own ways. */
function placements(bearer: string | undefined, { placement = '' }: TokenCase): readonly Partial<HttpCase>[] {
  if (bearer === undefined) return [{ headers: { authorization: null } }]
  if (placement.startsWith('query string')) {
    return [{ headers: { authorization: null }, query: { access_token: bearer } }]
  }
  const forms = placement.startsWith('Authorization')
    ? [`Basic ${bearer}`, `Bearer ${bearer}, Bearer ${bearer}`, `Bearer ${bearer},${bearer}`, `Token ${bearer}`]
    : [`Bearer ${bearer}`]
  return forms.map(authorization => ({ headers: { authorization } }))
}

/** The case in the names of this sandbox: its issuer, one of its audiences, the id of its key. */
async function asHere(token: TokenCase, { tokens }: SandboxUnderTest): Promise<TokenCase> {
  const { iss = '', aud = '' } = decodeJwt(tokens.alice)
  const { kid = '' } = decodeProtectedHeader(tokens.alice)
  const text = JSON.stringify(token)
    .replaceAll(ofCorpus.issuer, iss)
    .replaceAll(ofCorpus.audience, String(aud))
    .replaceAll(`"kid":"${ofCorpus.kid}"`, `"kid":"${kid}"`)
  return JSON.parse(text) as TokenCase
}

async function issuersKey({ statePath }: SandboxUnderTest): Promise<KeyObject> {
  const { keys } = JSON.parse(await readFile(join(statePath, 'issuer-keys.json'), 'utf8')) as { keys: object[] }
  return createPrivateKey({ key: keys[0] as never, format: 'jwk' })
}
