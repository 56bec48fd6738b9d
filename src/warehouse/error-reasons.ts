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

const errorItem = z.object({
  reason: z.string().default(''),
  message: z.string().default(''),
  location: z.string().optional(),
})
const apiError = z.object({
  code: z.union([z.int(), z.string()]).optional(),
  message: z.string().default(''),
  errors: z.array(errorItem).default([]),
})

export type ErrorItem = z.infer<typeof errorItem>

/** An error of the client library as a failure. What has no HTTP status did not reach BigQuery. */
export function failureOf(thrown: unknown): Failure {
  const parsed = apiError.safeParse(thrown)
  if (!parsed.success) return new Failure('warehouse_failed', {}, { cause: thrown })
  const { code, message, errors } = parsed.data
  const [first] = errors
  if (first !== undefined && first.reason !== '') return failureOfReason(first, thrown)
  if (typeof code === 'number') return failureOfReason({ reason: reasonOfStatus(code), message }, thrown)
  return new Failure('warehouse_unavailable', {}, { cause: thrown })
}

/** A job's own error, or an API error's first item. */
export function failureOfReason(item: ErrorItem, cause: unknown): Failure {
  return new Failure(errorReasons[item.reason] ?? 'warehouse_failed', { detail: item.message }, { cause })
}

function reasonOfStatus(status: number): string {
  if (status === 401 || status === 403) return 'accessDenied'
  if (status === 404) return 'notFound'
  if (status === 409) return 'duplicate'
  if (status === 429) return 'rateLimitExceeded'
  return status >= 500 ? 'backendError' : 'invalid'
}

/**
 * The same failure without what its text may quote. Predicates of the client's may run on rows that a filter would drop, so
 * a run-time error can carry a value nobody may see.
 */
export function withoutValues(failure: Failure): Failure {
  const detail = failure.details.detail
  if (detail === undefined || !failure.code.startsWith('warehouse_')) return failure
  const detailShown = 'The message is withheld because masks or filters apply to this query.'
  return new Failure(failure.code, { detail: detailShown }, { cause: failure })
}
