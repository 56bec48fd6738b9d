import { z } from 'zod'
import { Failure, type FailureCode } from '../model/failure.ts'

/** Every reason in BigQuery's error table (cloud.google.com/bigquery/docs/error-messages), and what it is to us. */
export const errorReasons: Readonly<Record<string, FailureCode>> = {
  accessDenied: 'warehouse_access_denied',
  attributeError: 'warehouse_failed',
  backendError: 'warehouse_failed',
  badRequest: 'warehouse_invalid',
  billingNotEnabled: 'warehouse_billing',
  billingTierLimitExceeded: 'warehouse_resources',
  blocked: 'warehouse_blocked',
  bytesBilledLimitExceeded: 'warehouse_bytes_limit',
  conditionNotMet: 'changed_meanwhile',
  duplicate: 'warehouse_duplicate',
  forbidden: 'warehouse_access_denied',
  internalError: 'warehouse_failed',
  invalid: 'warehouse_invalid',
  invalidParameter: 'warehouse_invalid',
  invalidQuery: 'warehouse_invalid',
  invalidUser: 'warehouse_access_denied',
  jobBackendError: 'warehouse_failed',
  jobInternalError: 'warehouse_failed',
  jobRateLimitExceeded: 'warehouse_rate_limit',
  notFound: 'warehouse_not_found',
  notImplemented: 'warehouse_not_implemented',
  proxyAuthenticationRequired: 'warehouse_unavailable',
  quotaExceeded: 'warehouse_quota',
  rateLimitExceeded: 'warehouse_rate_limit',
  required: 'warehouse_invalid',
  resourceInUse: 'warehouse_in_use',
  resourceNotFound: 'warehouse_not_found',
  resourcesExceeded: 'warehouse_resources',
  responseTooLarge: 'warehouse_too_large',
  stopped: 'warehouse_stopped',
  tableUnavailable: 'warehouse_failed',
  timeout: 'deadline_exceeded',
  unauthenticated: 'warehouse_access_denied',
}

/** An error as BigQuery gives it. `reason` is empty where something between us and BigQuery answered. */
export type ApiError = {
  readonly status: number
  readonly reason: string
  readonly message: string
  readonly location?: string
}

const errorItem = z.object({
  reason: z.string().default(''),
  message: z.string().default(''),
  location: z.string().optional(),
})
const errorEnvelope = z.object({
  error: z.object({ message: z.string().default(''), errors: z.array(errorItem).default([]) }),
})

export function apiErrorOf(status: number, body: string): ApiError {
  const [first] = errorItemsIn(body)
  if (first === undefined) return { status, reason: '', message: `HTTP status ${status}` }
  const { location, ...rest } = first
  return { status, ...rest, ...(location === undefined ? {} : { location }) }
}

function errorItemsIn(body: string): readonly z.infer<typeof errorItem>[] {
  try {
    const { message, errors } = errorEnvelope.parse(JSON.parse(body)).error
    return errors.length > 0 ? errors : [{ reason: '', message }]
  } catch {
    return []
  }
}

/** An error of the API as a failure; an error of the connection did not reach BigQuery. */
export function failureOf(error: Error | ApiError): Failure {
  if (error instanceof Error) return new Failure('warehouse_unavailable', {}, { cause: error })
  const code = errorReasons[error.reason] ?? codeOfStatus(error.status)
  return new Failure(code, { detail: error.message }, { cause: error })
}

function codeOfStatus(status: number): FailureCode {
  if (status === 401 || status === 403) return 'warehouse_access_denied'
  if (status === 404) return 'warehouse_not_found'
  if (status === 409) return 'warehouse_duplicate'
  if (status === 429) return 'warehouse_rate_limit'
  if (status === 502 || status === 503 || status === 504) return 'warehouse_unavailable'
  return status >= 500 ? 'warehouse_failed' : 'warehouse_invalid'
}
