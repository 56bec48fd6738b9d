import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '../model/failure.ts'
import type { AuthHeaders } from './auth-headers.ts'
import { abortFailure } from './client.ts'
import { apiErrorOf, failureOf } from './error-reasons.ts'

export type BytesRequest = {
  readonly method: 'POST' | 'PUT' | 'PATCH'
  /** A path of BigQuery's, or a whole URL that it gave. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}
export type BytesAnswer = {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

/** Sends bytes as they come, no faster than BigQuery takes them, and once only. Every error is a `Failure`. */
export type SendBytes = (request: BytesRequest, signal: AbortSignal) => Promise<BytesAnswer>

export function openSendBytes(endpoint: string, authHeaders: AuthHeaders): SendBytes {
  return async ({ method, target, headers, content }, signal) => {
    const url = new URL(target.startsWith('/') ? `${endpoint}${target}` : target)
    const options = { method, headers: { ...headers, ...(await authHeaders()) }, signal }
    const request = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options)
    const answered = answerOf(request)
    // What goes wrong while sending shows in the answer, or in that there is none.
    answered.catch(() => {})
    try {
      await Promise.race([pipeline(Readable.from(content, { objectMode: false }), request), answered])
      const answer = await answered
      if (answer.status < 400) return answer
      throw failureOf(apiErrorOf(answer.status, answer.body))
    } catch (thrown) {
      if (signal.aborted) throw abortFailure(signal)
      throw thrown instanceof Failure ? thrown : failureOf(thrown as Error)
    } finally {
      request.destroy()
    }
  }
}

function answerOf(request: http.ClientRequest): Promise<BytesAnswer> {
  return new Promise((resolve, reject) => {
    request.once('error', reject)
    request.once('response', response => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const { statusCode = 0, headers } = response
        resolve({ status: statusCode, headers, body: Buffer.concat(parts).toString('utf8') })
      })
    })
  })
}
