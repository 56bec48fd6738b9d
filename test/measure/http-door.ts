import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { HttpCase } from './cases.ts'
import { generatedBody } from './generated-body.ts'
import type { Answer } from './judge.ts'

const mcpHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

/** Sends a request exactly as the case has it; `null` headers are left out. */
export function sendHttp(base: URL, token: string, attack: HttpCase): Promise<Answer> {
  if (attack.path === undefined) return sendBytes(base, attack.raw ?? '')
  const headers: Record<string, string> = { ...mcpHeaders, authorization: `Bearer ${token}` }
  for (const [name, value] of Object.entries(attack.headers ?? {})) {
    delete headers[name.toLowerCase()]
    if (value !== null) headers[name.toLowerCase()] = String(value)
  }
  const body = bodyOf(attack)
  const search = attack.query === undefined ? '' : `?${new URLSearchParams(attack.query)}`
  const { hostname, port } = base
  const options = { hostname, port, method: attack.method ?? 'POST', path: `${attack.path}${search}`, headers }
  return new Promise(resolve => {
    const sent = httpRequest(options, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const isZipped = response.headers['content-encoding'] === 'gzip'
        const text = (isZipped ? gunzipSync(bytes) : bytes).toString('utf8')
        const status = response.statusCode ?? 0
        resolve({ state: stateOf(status, text), visible: JSON.stringify(response.headers) + text })
      })
    })
    sent.setTimeout(20_000, () => sent.destroy(new Error('no answer within 20 s')))
    sent.on('error', error => resolve({ state: 'refused', visible: error.message }))
    sent.end(attack.method === 'GET' || attack.method === 'HEAD' ? undefined : body)
  })
}

/** A request whose head is a part of the attack. */
function sendBytes({ hostname, port }: URL, bytes: string): Promise<Answer> {
  return new Promise(resolve => {
    let visible = ''
    const end = () => resolve({ state: /^HTTP\/1\.1 2/.test(visible) ? 'answered' : 'refused', visible })
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.end(bytes))
    socket.setTimeout(20_000, () => socket.destroy())
    socket.on('data', chunk => {
      visible += chunk.toString('utf8')
    })
    socket.on('error', end)
    socket.on('close', end)
  })
}

function bodyOf({ raw, raw_base64, generator, jsonrpc, body }: HttpCase): string | Buffer | undefined {
  if (raw_base64 !== undefined) return Buffer.from(raw_base64, 'base64')
  return generatedBody(generator) ?? raw ?? JSON.stringify(jsonrpc ?? body)
}

/** JSON-RPC errors and tool errors come with status 200; an accepted notification (202) answers nothing. */
function stateOf(status: number, text: string): Answer['state'] {
  if (status >= 400 || status === 202) return 'refused'
  return /"error"\s*:\s*\{|"isError"\s*:\s*true/.test(text) ? 'refused' : 'answered'
}
