import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, type Dispatcher } from 'undici'

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
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
 * time limit and cannot be aborted; Node's own takes twice the CPU.
 */
export function openConnections(): Connections {
  // Each request has one time limit of its own, over all of it.
  const agent = new Agent({ keepAliveTimeout: idleTimeoutMs, headersTimeout: 0, bodyTimeout: 0 })
  return {
    send: async (request, signal) => {
      const { status, bytes, isZipped } = await answerOf(agent, request, signal)
      return { status, body: (isZipped ? await unzip(bytes) : bytes).toString('utf8') }
    },
    close: () => void agent.destroy(),
  }
}

async function answerOf(agent: Agent, request: HttpRequest, signal: AbortSignal): Promise<WireAnswer> {
  const { timeoutMs } = request
  const exchange = new Exchange()
  const leave = () => exchange.stop(new Error('the request was given up', { cause: signal.reason }))
  const timer = setTimeout(() => exchange.stop(new Error(`no answer after ${timeoutMs} ms`)), timeoutMs)
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  try {
    agent.dispatch(optionsOf(request), exchange)
    return await exchange.answer
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}

function optionsOf({ method, url, headers, body }: HttpRequest): Agent.DispatchOptions {
  const content = body === undefined ? {} : { 'content-type': 'application/json' }
  return {
    ...{ origin: url.origin, path: url.pathname + url.search, method },
    headers: { ...headers, ...content, 'accept-encoding': 'gzip' },
    ...(body === undefined ? {} : { body }),
  }
}

type WireAnswer = { readonly status: number; readonly bytes: Buffer; readonly isZipped: boolean }

/** One request on its way. It ends once: with its answer, or with why there is none. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<WireAnswer>
  #resolve: (answer: WireAnswer) => void = () => {}
  #reject: (reason: Error) => void = () => {}
  #controller: Dispatcher.DispatchController | undefined
  #stopped: Error | undefined
  #head = { status: 0, isZipped: false }
  #parts: Buffer[] = []

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  stop(reason: Error): void {
    this.#stopped = reason
    this.#reject(reason)
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped !== undefined) controller.abort(this.#stopped)
  }

  /** Also of what comes before the answer itself, such as a status of 103. */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    this.#head = { status, isZipped: headers['content-encoding'] === 'gzip' }
    this.#parts = []
  }

  onResponseData(_: Dispatcher.DispatchController, part: Buffer): void {
    this.#parts.push(part)
  }

  onResponseEnd(): void {
    this.#resolve({ ...this.#head, bytes: Buffer.concat(this.#parts) })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}
