import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { type Connections, type HttpRequest, openConnections } from './send-request.ts'

type Answer = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void

let closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers) close()
  closers = []
})

/** A server on loopback, and a way to send it a request. */
async function openServer(answer: Answer) {
  const sockets = new Set<Socket>()
  const server = http.createServer(async (request, response) => {
    sockets.add(request.socket)
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    answer(request, response, body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const connections: Connections = openConnections()
  closers.push(
    connections.close,
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a%2Fb?x=1&y=%20`)
  const send = (changes: Partial<HttpRequest> = {}, signal = new AbortController().signal) =>
    connections.send({ method: 'POST', url, headers: {}, body: '{"q":"é"}', timeoutMs: 5_000, ...changes }, signal)
  return { send, sockets }
}

test('the path, the headers and the bytes arrive as they were given', async () => {
  const { send } = await openServer((request, response, body) => {
    const { 'content-type': type, 'content-length': length, authorization } = request.headers
    response.end(JSON.stringify([request.method, request.url, type, length, authorization, body]))
  })
  const { status, body } = await send({ headers: { authorization: 'Bearer t' } })
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual(['POST', '/a%2Fb?x=1&y=%20', 'application/json', '10', 'Bearer t', '{"q":"é"}'])
})

test('an answer that is zipped, comes in pieces or has a failing status is read whole', async () => {
  const text = 'ü'.repeat(100_000)
  const { send } = await openServer((_, response) => {
    response.writeHead(503, { 'content-encoding': 'gzip' })
    const bytes = gzipSync(text)
    response.write(bytes.subarray(0, 10))
    setTimeout(() => response.end(bytes.subarray(10)), 20)
  })
  expect(await send()).toEqual({ status: 503, body: text })
})

test('requests one after another share connections', async () => {
  const { send, sockets } = await openServer((_, response) => response.end('{}'))
  for (let count = 0; count < 6; count++) await send()
  // One that has just answered rests for a turn, in case the server closes it.
  expect(sockets.size).toBeLessThanOrEqual(2)
})

test('no answer in time is an error, be it before its head or within it', async () => {
  const silent = await openServer(() => {})
  await expect(silent.send({ timeoutMs: 50 })).rejects.toThrow('no answer after 50 ms')
  const halting = await openServer((_, response) => void response.write('{'))
  await expect(halting.send({ timeoutMs: 200 })).rejects.toThrow('no answer after 200 ms')
})

test('who leaves gets no answer, and the connection of the request is closed', async () => {
  const leaving = new AbortController()
  const { send, sockets } = await openServer(() => leaving.abort(new Error('gone')))
  await expect(send({}, leaving.signal)).rejects.toMatchObject({ cause: { message: 'gone' } })
  await expect.poll(() => [...sockets].every(({ destroyed }) => destroyed)).toBe(true)
  await expect(send({}, leaving.signal)).rejects.toThrow()
})

test('a connection that breaks off is an error', async () => {
  const { send } = await openServer((request, response) => {
    response.write('{')
    setTimeout(() => request.socket.destroy(), 20)
  })
  await expect(send()).rejects.toThrow()
})
