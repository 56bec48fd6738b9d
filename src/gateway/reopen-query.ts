import type { FoundJob } from '../model/found-job.ts'
import type { JobRef, KnownJob } from '../model/job.ts'
import type { ClientSoftware } from '../model/origin.ts'
import type { Principal } from '../model/principal.ts'
import { failureOfFound } from './close-found.ts'
import { openKeptQuery } from './kept-query.ts'
import type { StartOutcome } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Request } from './query.ts'
import { resume } from './run-query.ts'

/** A job that another replica started: its events belong to the request that did. */
export function knownJobOf(found: FoundJob, principal: Principal, client: ClientSoftware): KnownJob {
  const { ref, sessionId, requestId, createdAt: startedAt } = found
  return { ref, principal, origin: { sessionId, requestId, client }, startedAt }
}

/** The rows of a query of the caller's own, as policy decides now; undefined where the caller has no such query. */
export async function reopenQuery(
  ref: JobRef,
  { principal, request }: { readonly principal: Principal; readonly request: Request },
  ports: Ports,
): Promise<StartOutcome | undefined> {
  if (!ports.isJobOwnedBy(ref.jobId, principal, ref)) return undefined
  const found = await ports.jobs.find(ref, request.signal)
  const kept = found?.note === undefined ? undefined : openKeptQuery(found.note, ports)
  if (found === undefined || kept === undefined) return undefined
  const failure = failureOfFound(found, kept.isProtected)
  if (failure !== undefined) throw failure
  const { project, location } = ref
  const known = knownJobOf(found, principal, request.client)
  return resume({ ...request, ...kept.asked, project, location }, known, kept.fingerprint, ports)
}
