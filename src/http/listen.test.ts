import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLog } from '../telemetry/log.ts'
import { openMetrics } from '../telemetry/metrics.ts'
import { telemetryOptions } from '../telemetry/options.ts'
import { type Door, type Listening, listen } from './listen.ts'
import { httpOptions } from './options.ts'

const log = openLog(telemetryOptions.parse({ logLevel: 'silent' }))
const options = httpOptions.parse({
  port: 0,
  operationsPort: 0,
  maxBodyBytes: 4_096,
  maxHeaderBytes: 8_192,
  closeTimeoutMs: 200,
})

const echo: Door = (app, publicUrl) => {
  app.post('/echo', async request => ({ body: request.body, publicUrl: publicUrl().href }))
  app.post('/never', () => new Promise(() => {}))
}

let server: Listening
let waitingFor: string[] = []

beforeAll(async () => {
  server = await listen(options, { log, metrics: openMetrics(), notReady: () => waitingFor, doors: [echo] })
})
afterAll(() => server.close())

type Reply = { status: number; text: string }

function send(
  path: string,
  headers: Record<string, string | string[]> = {},
  body?: string,
  base = server.url,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const given = { 'content-type': 'application/json', ...headers }
    const sent = httpRequest({ host: base.hostname, port: base.port, path, method, headers: given }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function sendRaw(text: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(Number(server.url.port), server.url.hostname, () => socket.write(text))
    let answer = ''
    socket.on('data', chunk => {
      answer += chunk
      socket.end()
    })
    socket.on('close', () => resolve(answer))
  })
}

describe('before anything is read', () => {
  test.each([
    ['a host that is not ours', { host: 'evil.example:8080' }, 403],
    ['a web page of somebody else', { origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
  ])('%s is turned away', async (_, headers, status) => {
    expect((await send('/healthz', headers)).status).toBe(status)
  })

  test('a credential in the URL is refused', async () => {
    expect((await send('/healthz?access_token=x')).status).toBe(400)
  })

  test('the same header twice is refused', async () => {
    expect(await sendRaw('GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n')).toContain(' 400 ')
    expect(await sendRaw('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: y\r\n folded\r\n\r\n')).toContain(' 400 ')
  })

  test('a whole URL as request target is refused', async () => {
    const target = 'http://metadata.google.internal/healthz'
    expect(await sendRaw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toContain(' 400 ')
  })

  test('heads and bodies that are too large are refused', async () => {
    expect(await sendRaw(`GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(9_000)}\r\n\r\n`)).toContain(
      ' 431 ',
    )
    expect((await send('/echo', {}, JSON.stringify('a'.repeat(5_000)))).status).toBe(413)
  })

  test('JSON with two readings is refused', async () => {
    expect((await send('/echo', {}, '{"a":1,"a":2}')).status).toBe(400)
    expect((await send('/echo', {}, `${'['.repeat(500)}${']'.repeat(500)}`)).status).toBe(400)
    expect((await send('/echo', {}, '{"a":')).status).toBe(400)
  })
})

describe('an honest request', () => {
  test('reaches its door, which knows the public address', async () => {
    const reply = await send('/echo', { origin: 'http://localhost:3000' }, '{"a":[1]}')
    expect(JSON.parse(reply.text)).toEqual({ body: { a: [1] }, publicUrl: server.url.href })
  })

  test('to an unknown path finds nothing', async () => {
    for (const path of ['/sse', '/debug/pprof/heap', '/metrics', '/healthz/', '//healthz']) {
      expect((await send(path)).status).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('operators', () => {
  test('see health, and readiness as it changes', async () => {
    expect((await send('/healthz?verbose=1')).text).toBe('{"status":"ok"}')
    expect((await send('/readyz')).status).toBe(200)
    waitingFor = ['policy']
    expect(await send('/readyz')).toEqual({ status: 503, text: '{"status":"not_ready","waiting_for":["policy"]}' })
    waitingFor = []
  })

  test('read metrics on a port of their own', async () => {
    const { text } = await send('/metrics', {}, undefined, server.operationsUrl)
    expect(text).toContain('sluice_http_seconds_count{route="/healthz",status="200"}')
    expect(text).not.toContain('evil')
  })

  test('can stop it although a request never ends', async () => {
    const parts = { log, metrics: openMetrics(), notReady: () => [], doors: [echo] }
    const other = await listen(options, parts)
    const cut = send('/never', {}, '{}', other.url).catch((error: Error) => error.message)
    await new Promise(resolve => setTimeout(resolve, 100))
    await other.close()
    expect(await cut).toMatch(/hang up|ECONNRESET/)
  })
})

test('listening beyond loopback needs TLS, or the word that something in front ends it', () => {
  expect(httpOptions.safeParse({ host: '0.0.0.0' }).success).toBe(false)
  expect(httpOptions.safeParse({ host: '0.0.0.0', unsafePlainHttp: true }).success).toBe(true)
})
