import { status } from '@grpc/grpc-js'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Failure } from '../../model/failure.ts'
import { errorOfFailure, errorOfRefusal, type GoogleError, statusName } from '../bigquery/error-envelope.ts'

export type GrpcStatus = { readonly code: status; readonly details: string }

export function statusOfFailure(failure: Failure): GrpcStatus {
  return statusOf(errorOfFailure(failure))
}

export function statusOfRefusal(refusal: Refusal): GrpcStatus {
  return statusOf(errorOfRefusal(refusal))
}

/** Clients take at most 8 KiB of everything that ends a call. */
const maxDetails = 2_000

/** The same status and words as over REST; clients send again what is `UNAVAILABLE`, and nothing else. */
function statusOf({ status: httpStatus, message }: GoogleError): GrpcStatus {
  const name = statusName(httpStatus)
  const code = name in status ? status[name as keyof typeof status] : status.UNKNOWN
  return { code, details: message.slice(0, maxDetails) }
}
