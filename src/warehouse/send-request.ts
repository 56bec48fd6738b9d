import http from 'node:http'
import https from 'node:https'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

export type HttpRequest = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
}
export type HttpAnswer = { readonly status: number; readonly body: string }

/** Connections that are kept open between requests. */
export type Connections = {
  readonly send: (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>
  readonly close: () => void
}

const idleTimeoutMs = 60_000
const unzip = promisify(gunzip)

/**
 * Sends exactly the bytes it is given. The client library's own sending replaces `{{projectId}}` inside SQL texts, has no
 * time limit, cannot be aborted, and costs five times the CPU.
 */
export function openConnections(): Connections {
  const secure = new https.Agent({ keepAlive: true, timeout: idleTimeoutMs })
  const plain = new http.Agent({ keepAlive: true, timeout: idleTimeoutMs })
  return {
    send: async (request, signal) => {
      const isSecure = request.url.protocol === 'https:'
      const begun = isSecure
        ? https.request(request.url, optionsOf(request, secure, signal))
        : http.request(request.url, optionsOf(request, plain, signal))
      const { status, bytes, isZipped } = await answerOf(begun, request)
      return { status, body: (isZipped ? await unzip(bytes) : bytes).toString('utf8') }
    },
    close: () => {
      secure.destroy()
      plain.destroy()
    },
  }
}

function optionsOf<Agent>({ method, headers, body }: HttpRequest, agent: Agent, signal: AbortSignal) {
  const content =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return { method, agent, signal, headers: { ...headers, ...content, 'accept-encoding': 'gzip' } }
}

function answerOf(request: http.ClientRequest, { body, timeoutMs }: HttpRequest) {
  return new Promise<{ status: number; bytes: Buffer; isZipped: boolean }>((resolve, reject) => {
    const late = () => request.destroy(new Error(`no answer after ${timeoutMs} ms`))
    const timer = setTimeout(late, timeoutMs)
    request.once('close', () => clearTimeout(timer))
    request.once('error', reject)
    request.once('response', response => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const isZipped = response.headers['content-encoding'] === 'gzip'
        resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(parts), isZipped })
      })
    })
    request.end(body)
  })
}
