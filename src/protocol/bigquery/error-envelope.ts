import type { Refusal } from '../../gateway/outcome.ts'
import type { Failure, FailureCode } from '../../model/failure.ts'

/** An error as every client of BigQuery reads it. */
export type GoogleError = { readonly status: number; readonly reason: string; readonly message: string }

const is = (status: number, reason: string) => ({ status, reason })

/**
 * Clients send a request again for minutes where the reason is `backendError`, `internalError` or `rateLimitExceeded`, or the
 * status is 429 or 5xx: only what may pass by itself has one of those.
 */
const errors: Readonly<Record<FailureCode, { readonly status: number; readonly reason: string }>> = {
  unauthenticated: is(401, 'authError'),
  request_invalid: is(400, 'invalid'),
  request_too_large: is(413, 'uploadTooLarge'),
  operation_refused: is(403, 'accessDenied'),
  not_found: is(404, 'notFound'),
  changed_meanwhile: is(412, 'conditionNotMet'),
  session_refused: is(403, 'accessDenied'),
  text_refused: is(400, 'invalidQuery'),
  syntax_error: is(400, 'invalidQuery'),
  too_deep: is(400, 'invalidQuery'),
  statement_unsupported: is(400, 'invalidQuery'),
  unknown_name: is(400, 'invalidQuery'),
  ambiguous_name: is(400, 'invalidQuery'),
  query_invalid: is(400, 'invalidQuery'),
  cannot_govern: is(400, 'invalidQuery'),
  printer_mismatch: is(400, 'invalidQuery'),
  readers_disagree: is(400, 'invalidQuery'),
  verifier_unavailable: is(503, 'backendError'),
  policy_unavailable: is(503, 'backendError'),
  policy_unstable: is(403, 'accessDenied'),
  obligation_unknown: is(403, 'accessDenied'),
  recorder_unavailable: is(503, 'backendError'),
  records_unavailable: is(503, 'backendError'),
  catalog_unavailable: is(503, 'backendError'),
  content_refused: is(403, 'accessDenied'),
  result_too_large: is(403, 'responseTooLarge'),
  overloaded: is(503, 'backendError'),
  cancelled: is(499, 'stopped'),
  deadline_exceeded: is(400, 'timeout'),
  warehouse_unavailable: is(503, 'backendError'),
  warehouse_access_denied: is(403, 'accessDenied'),
  warehouse_billing: is(403, 'billingNotEnabled'),
  warehouse_blocked: is(403, 'blocked'),
  warehouse_bytes_limit: is(400, 'bytesBilledLimitExceeded'),
  warehouse_duplicate: is(409, 'duplicate'),
  warehouse_failed: is(503, 'backendError'),
  warehouse_invalid: is(400, 'invalidQuery'),
  warehouse_not_found: is(404, 'notFound'),
  warehouse_not_implemented: is(501, 'notImplemented'),
  warehouse_quota: is(403, 'quotaExceeded'),
  warehouse_rate_limit: is(403, 'rateLimitExceeded'),
  warehouse_resources: is(400, 'resourcesExceeded'),
  warehouse_in_use: is(400, 'resourceInUse'),
  warehouse_stopped: is(400, 'stopped'),
  warehouse_too_large: is(403, 'responseTooLarge'),
  internal: is(500, 'internalError'),
}

const statusNames: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  413: 'INVALID_ARGUMENT',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
}

/** Google's own name for a status, which gRPC has too. */
export function statusName(status: number): string {
  return statusNames[status] ?? 'UNKNOWN'
}

export function errorOfFailure(failure: Failure): GoogleError {
  const { line, column, expected, suggestions = [] } = failure.details
  const place = line === undefined ? '' : ` at [${line}:${column ?? 1}]`
  const wanted = expected === undefined ? '' : ` Expected ${expected}.`
  const meant = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`
  return { ...errors[failure.code], message: `${failure.message}${place}${wanted}${meant} ${failure.next}` }
}

/** A denial is final, so that no client asks again by itself; its message says what to change. */
export function errorOfRefusal(refusal: Refusal): GoogleError {
  const said =
    refusal.state === 'denied'
      ? refusal.reasons.map(({ message, policy }) => `${message} (rule ${policy})`)
      : refusal.approvals.map(
          ({ message, approverGroups }) => `${message} Ask a member of ${approverGroups.join(' or ')}.`,
        )
  const what = refusal.state === 'denied' ? 'Access Denied by policy' : 'Access Denied until somebody approves'
  return {
    status: 403,
    reason: 'accessDenied',
    message: `${what}: ${said.join(' ')} [decision ${refusal.decision.id}]`,
  }
}

export function errorEnvelope({ status, reason, message }: GoogleError): object {
  // What is wrong with a query is wrong with the parameter `q`, as BigQuery has called it from its first version on.
  const place = reason === 'invalidQuery' ? { location: 'q', locationType: 'parameter' } : {}
  const errors = [{ message, domain: 'global', reason, ...place }]
  return { error: { code: status, message, errors, status: statusName(status) } }
}
