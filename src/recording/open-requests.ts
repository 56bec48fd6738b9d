import { z } from 'zod'
import { protocols } from '../model/origin.ts'
import type { SessionEvent } from '../model/session-event.ts'

const claims = z.strictObject({
  issuer: z.string(),
  subject: z.string(),
  groups: z.array(z.string()),
  email: z.string().exactOptional(),
  kind: z.enum(['agent', 'human', 'bi', 'service']),
  attributes: z.record(z.string(), z.string()),
  credentialId: z.string(),
  expiresAt: z.coerce.date(),
})

const client = z.strictObject({
  protocol: z.enum(protocols),
  name: z.string(),
  version: z.string(),
  ip: z.string(),
  userAgent: z.string(),
  toolUseId: z.string().exactOptional(),
  traceparent: z.string().exactOptional(),
  model: z.string().exactOptional(),
  sessionKey: z.string().exactOptional(),
})

/** A request that has started and not ended, with all that an `Interrupted` event says of it. */
export const openRequest = z.strictObject({
  startedAt: z.coerce.date(),
  origin: z.strictObject({
    sessionId: z.string(),
    requestId: z.string(),
    client,
    purpose: z.string().exactOptional(),
  }),
  principal: claims,
  job: z.strictObject({ project: z.string(), jobId: z.string(), location: z.string() }),
})
export type OpenRequest = z.infer<typeof openRequest>

/** What an event does to the set of open requests. Closing names the request or the job, whichever it knows. */
export type OpenChange =
  | { readonly opens: OpenRequest }
  | { readonly closes: { readonly requestId: string; readonly jobId?: string } }

export function openChange(event: SessionEvent): OpenChange | undefined {
  switch (event.type) {
    case 'started': {
      const { at: startedAt, origin, principal, job } = event
      return { opens: { startedAt, origin, principal: { ...principal, groups: [...principal.groups] }, job } }
    }
    case 'delivered':
    case 'denied':
    case 'held':
      return undefined
    default: {
      const { requestId } = event.origin
      return { closes: event.job === undefined ? { requestId } : { requestId, jobId: event.job.jobId } }
    }
  }
}

/** The requests that are running, by job; a request may be closed by either of its names. */
export class OpenRequests {
  readonly #byJob = new Map<string, OpenRequest>()
  readonly #jobs = new Map<string, string>()

  constructor(open: readonly OpenRequest[] = []) {
    for (const opens of open) this.apply({ opens })
  }

  apply(change: OpenChange): void {
    if ('opens' in change) {
      this.#byJob.set(change.opens.job.jobId, change.opens)
      this.#jobs.set(change.opens.origin.requestId, change.opens.job.jobId)
      return
    }
    const { requestId, jobId = this.#jobs.get(requestId) } = change.closes
    const closed = jobId === undefined ? undefined : this.#byJob.get(jobId)
    if (closed === undefined) return
    this.#byJob.delete(closed.job.jobId)
    this.#jobs.delete(closed.origin.requestId)
  }

  list(): readonly OpenRequest[] {
    return [...this.#byJob.values()]
  }
}
