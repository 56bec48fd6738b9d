import { asFailure, type Failure } from '../model/failure.ts'
import type { JobRef } from '../model/job.ts'
import type { Origin } from '../model/origin.ts'
import type { PrincipalClaims } from '../model/principal.ts'
import type { Asked } from '../model/session-event.ts'
import type { Ports } from './ports.ts'

/** A request, or the fetch of a page, that still needs its closing event. */
type Unclosed = {
  readonly principal: PrincipalClaims
  readonly origin: Origin
  readonly beganAt: Date
  readonly asked?: Asked
  readonly job?: JobRef
}

/** Runs the steps of a request; a stop among them is put on record before anyone hears of it. */
export async function closingFailures<T>(visit: Unclosed, ports: Ports, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps()
  } catch (thrown) {
    const failure = asFailure(thrown)
    await recordFailure(failure, visit, ports)
    throw failure
  }
}

export async function recordFailure(failure: Failure, visit: Unclosed, ports: Ports): Promise<void> {
  const { principal, origin, asked, job, beganAt } = visit
  const at = ports.now()
  const base = {
    at,
    principal,
    origin,
    durationMs: at.getTime() - beganAt.getTime(),
    ...(job === undefined ? {} : { job }),
  }
  // Where the recorder itself is what failed, nothing was run and the client is told so; there is no second place to write.
  if (failure.code === 'recorder_unavailable') return
  await ports.record(
    failure.code === 'cancelled'
      ? { ...base, type: 'cancelled' }
      : {
          ...base,
          type: 'failed',
          code: failure.code,
          message: failure.message,
          cause: causeText(failure),
          ...(asked === undefined ? {} : { asked }),
        },
  )
}

function causeText(failure: Failure): string {
  const { cause } = failure
  if (cause === undefined) return ''
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
}
