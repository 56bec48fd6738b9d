import { request as httpRequest } from 'node:http'
import type { HttpCase } from './cases.ts'
import type { Answer } from './judge.ts'

const mcpHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

/** Paths that this build of Sluice serves; the others belong to doors that are not built yet. */
export function isServedPath(path: string): boolean {
  return /^\/(mcp|sse|register|metrics|healthz|readyz|debug|\.well-known)(\/|\?|$)/.test(path)
}

/** Sends a request exactly as the case has it; `null` headers are left out. */
export function sendHttp(base: URL, token: string, attack: HttpCase): Promise<Answer> {
  const headers: Record<string, string> = { ...mcpHeaders, authorization: `Bearer ${token}` }
  for (const [name, value] of Object.entries(attack.headers ?? {})) {
    delete headers[name.toLowerCase()]
    if (value !== null) headers[name.toLowerCase()] = String(value)
  }
  const body = attack.raw ?? JSON.stringify(attack.jsonrpc ?? attack.body)
  const search = attack.query === undefined ? '' : `?${new URLSearchParams(attack.query)}`
  const { hostname, port } = base
  const options = { hostname, port, method: attack.method ?? 'POST', path: `${attack.path}${search}`, headers }
  return new Promise(resolve => {
    const sent = httpRequest(options, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const status = response.statusCode ?? 0
        resolve({ state: stateOf(status, text), visible: JSON.stringify(response.headers) + text })
      })
    })
    sent.setTimeout(20_000, () => sent.destroy(new Error('no answer within 20 s')))
    sent.on('error', error => resolve({ state: 'refused', visible: error.message }))
    sent.end(attack.method === 'GET' || attack.method === 'HEAD' ? undefined : body)
  })
}

/** JSON-RPC errors and tool errors come with status 200; an accepted notification (202) answers nothing. */
function stateOf(status: number, text: string): Answer['state'] {
  if (status >= 400 || status === 202) return 'refused'
  return /"error"\s*:\s*\{|"isError"\s*:\s*true/.test(text) ? 'refused' : 'answered'
}
