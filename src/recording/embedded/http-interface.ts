import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { Engine } from './chdb-engine.ts'
import { authenticateRequest, engineRequest, type Passwords } from './engine-request.ts'

const maxBodyBytes = 64 * 1024 ** 2

/** ClickHouse's HTTP interface, as far as its own client, Grafana and `curl` use it. */
export function httpInterface(engine: Engine, passwords: Passwords): Server {
  return createServer((request, response) => {
    answer(request, response, engine, passwords).catch(cause => replyError(response, cause))
  })
}

async function answer(request: IncomingMessage, response: ServerResponse, engine: Engine, passwords: Passwords) {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/ping') return reply(response, 200, 'Ok.\n')
  const who = authenticateRequest(request.headers, url, passwords)
  if (who === undefined) throw new Error('Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)')
  const body = await readBody(request)
  const asked = engineRequest(url, body, who === 'writer' && request.method === 'POST')
  const began = performance.now()
  const bytes = await engine.run(asked)
  const elapsedNs = String(Math.round((performance.now() - began) * 1e6))
  response.setHeader('X-ClickHouse-Query-Id', asked.queryId)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  response.setHeader('X-ClickHouse-Summary', JSON.stringify({ elapsed_ns: elapsedNs }))
  reply(response, 200, bytes)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new Error('Code: 307. DB::Exception: The body is too large. (TOO_MANY_BYTES)')
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

function reply(response: ServerResponse, status: number, body: string | Uint8Array): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8' })
  response.end(body)
}

function replyError(response: ServerResponse, cause: unknown): void {
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = /^Code: (\d+)/.exec(message)?.[1]
  response.setHeader('X-ClickHouse-Exception-Code', code ?? '1002')
  reply(
    response,
    code === '516' ? 403 : 500,
    `${code === undefined ? `Code: 1002. DB::Exception: ${message}` : message}\n`,
  )
}
