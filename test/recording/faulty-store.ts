import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the way to a store fails. `unanswered` runs the request and loses the answer. */
export const faults = ['refused', 'silent', 'unanswered', 'half', 'error'] as const
export type Fault = (typeof faults)[number]

/** A way to a ClickHouse server that fails as it is told to. */
export class FaultyStore {
  fault: Fault | undefined
  #server = createServer((request, response) => void this.#answer(request, response))
  readonly #target: URL

  constructor(target: string) {
    this.#target = new URL(target)
  }

  async listen(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    switch (this.fault) {
      case 'refused':
        return void request.socket.destroy()
      case 'silent':
        return
      case 'error':
        response.writeHead(500, { 'x-clickhouse-exception-code': '241' })
        return void response.end('Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)\n')
      case 'half':
        await this.#forward(request, body.subarray(0, body.length / 2)).catch(() => undefined)
        return void request.socket.destroy()
      case 'unanswered':
        await this.#forward(request, body)
        return void request.socket.destroy()
      default:
        return this.#pass(request, response, body)
    }
  }

  async #pass(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const answer = await this.#forward(request, body)
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer) {
    const { 'transfer-encoding': _, ...kept } = headers
    const options = { method, path: url, headers: { ...kept, 'content-length': body.length } }
    return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const sent = httpRequest(this.#target, options, async answer => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk)
        const { 'transfer-encoding': __, ...answered } = answer.headers
        resolve({ status: answer.statusCode ?? 500, headers: answered, body: Buffer.concat(chunks) })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
