import { BigQuery } from '@google-cloud/bigquery'
import { GoogleAuth, Impersonated, PassThroughClient } from 'google-auth-library'
import { Failure } from '../model/failure.ts'
import { failureOf } from './error-reasons.ts'
import type { WarehouseOptions } from './options.ts'

const scope = 'https://www.googleapis.com/auth/bigquery'

export type ApiCall = {
  readonly method: 'GET' | 'POST'
  readonly project: string
  /** Below `/projects/PROJECT`, each part encoded: `/jobs`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: unknown
}

/** Calls BigQuery's REST API and gives the answer as it came. Every error is a `Failure`. */
export type ApiClient = (call: ApiCall, signal: AbortSignal) => Promise<unknown>

export async function openClient(options: WarehouseOptions): Promise<ApiClient> {
  const authClient = await openAuthClient(options)
  const bigquery = new BigQuery({
    projectId: options.project,
    location: options.location,
    retryOptions: { autoRetry: true, maxRetries: 2, maxRetryDelay: 2, totalTimeout: options.requestTimeoutMs / 1000 },
    ...(options.apiEndpoint === undefined ? {} : { apiEndpoint: options.apiEndpoint }),
    ...(authClient === undefined ? {} : { authClient }),
  })
  return (call, signal) => send(bigquery, call, options.requestTimeoutMs, signal)
}

async function openAuthClient({ credentials }: WarehouseOptions) {
  switch (credentials.kind) {
    case 'adc':
      return undefined
    case 'none':
      return new PassThroughClient()
    case 'impersonation': {
      const sourceClient = await new GoogleAuth({
        scopes: ['https://www.googleapis.com/auth/cloud-platform'],
      }).getClient()
      const { targetPrincipal, lifetimeSeconds: lifetime } = credentials
      return new Impersonated({ sourceClient, targetPrincipal, lifetime, targetScopes: [scope], delegates: [] })
    }
  }
}

function send(bigquery: BigQuery, call: ApiCall, timeout: number, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // The library cannot abort a call: its answer is dropped, and whoever started a job cancels it.
    const onAbort = () => reject(abortFailure(signal))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    const uri = `${bigquery.baseUrl}/projects/${encodeURIComponent(call.project)}${call.path}`
    const request = { method: call.method, uri, timeout, qs: call.query, json: call.body ?? true }
    bigquery.request(request, (error: unknown, answer: unknown) => {
      signal.removeEventListener('abort', onAbort)
      if (error) reject(failureOf(error))
      else resolve(answer)
    })
  })
}

/** A deadline and a client that left are different ends. */
export function abortFailure(signal: AbortSignal): Failure {
  const isDeadline = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return new Failure(isDeadline ? 'deadline_exceeded' : 'cancelled', {}, { cause: signal.reason })
}
