import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../model/failure.ts'
import type { AuthHeaders } from './auth-headers.ts'
import { type ApiError, apiErrorOf, failureOf } from './error-reasons.ts'
import type { WarehouseOptions } from './options.ts'
import { type HttpAnswer, openConnections } from './send-request.ts'

export type ApiCall = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly project: string
  /** Below `/projects/PROJECT`, each part encoded: `/jobs`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: unknown
  /** How long BigQuery was asked to wait before it answers. */
  readonly waitMs?: number
}

/** Calls BigQuery's REST API and gives the answer as it came. Every error is a `Failure`. */
export type ApiClient = (call: ApiCall, signal: AbortSignal) => Promise<unknown>

const googleEndpoint = 'https://bigquery.googleapis.com'
/** Every call may be sent again: jobs carry ids that we chose, and the others change nothing. */
const retryDelaysMs = [200, 600]
const passingReasons = new Set(['backendError', 'internalError', 'rateLimitExceeded'])
const passingStatuses = new Set([429, 502, 503, 504])

/** Where BigQuery is, without a slash at its end. */
export function endpointOf({ apiEndpoint = googleEndpoint }: WarehouseOptions): string {
  return apiEndpoint.replace(/\/+$/, '')
}

export function openClient(
  options: WarehouseOptions,
  authHeaders: AuthHeaders,
): { call: ApiClient; close: () => void } {
  const connections = openConnections()
  const base = `${endpointOf(options)}/bigquery/v2/projects/`

  async function attempt(call: ApiCall, signal: AbortSignal): Promise<HttpAnswer | Error> {
    const headers = await authHeaders()
    const timeoutMs = options.requestTimeoutMs + (call.waitMs ?? 0)
    const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) }
    const request = { method: call.method, url: urlOf(base, call), headers, timeoutMs, ...body }
    return connections.send(request, signal).catch((error: Error) => error)
  }

  const call: ApiClient = async (wanted, signal) => {
    for (let tries = 0; ; tries++) {
      if (signal.aborted) throw abortFailure(signal)
      const answer = await attempt(wanted, signal)
      if (signal.aborted) throw abortFailure(signal)
      if (!(answer instanceof Error) && answer.status < 400) return parsed(answer)

      const error = answer instanceof Error ? answer : apiErrorOf(answer.status, answer.body)
      const delayMs = retryDelaysMs[tries]
      if (delayMs === undefined || !isPassing(error)) throw failureOf(error)
      // Aborting ends the wait; the loop sees it.
      await sleep(delayMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {})
    }
  }
  return { call, close: connections.close }
}

function urlOf(base: string, { project, path, query = {} }: ApiCall): URL {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, prettyPrint: false })) search.set(name, String(value))
  return new URL(`${base}${encodeURIComponent(project)}${path}?${search}`)
}

function parsed({ body }: HttpAnswer): unknown {
  try {
    return body === '' ? {} : JSON.parse(body)
  } catch (cause) {
    throw new Failure('warehouse_failed', {}, { cause })
  }
}

function isPassing(error: Error | ApiError): boolean {
  if (error instanceof Error) return true
  return error.reason === '' ? passingStatuses.has(error.status) : passingReasons.has(error.reason)
}

/** A deadline and a client that left are different ends. */
export function abortFailure(signal: AbortSignal): Failure {
  const isDeadline = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return new Failure(isDeadline ? 'deadline_exceeded' : 'cancelled', {}, { cause: signal.reason })
}
