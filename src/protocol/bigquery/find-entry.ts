import { failureOfFound } from '../../gateway/close-found.ts'
import { jobSeed } from '../../gateway/job-seed.ts'
import { openKeptQuery } from '../../gateway/kept-query.ts'
import type { Request } from '../../gateway/query.ts'
import { knownJobOf } from '../../gateway/reopen-query.ts'
import type { FoundJob } from '../../model/found-job.ts'
import type { JobRef } from '../../model/job.ts'
import type { Principal } from '../../model/principal.ts'
import type { JobDesk } from './desk.ts'
import { transferIn } from './found-transfer.ts'
import type { FoundEntry } from './job-book.ts'
import { configurationAgain } from './shown-configuration.ts'

export type Asker = { readonly principal: Principal; readonly request: Request; readonly desk: JobDesk }

type Name = { readonly project: string; readonly id: string; readonly location?: string | undefined }

/** The caller's own job as BigQuery has it. What somebody else calls the same is another job. */
export async function findEntry(name: Name, asker: Asker): Promise<FoundEntry | undefined> {
  const { ports } = asker.desk
  // Not the caller's own signal: whoever asks for a job and leaves does not end it.
  const { signal } = new AbortController()
  for (const ref of placesOf(name, asker)) {
    const found = await ports.jobs.find(ref, signal)
    if (found !== undefined) return entryOf(found, asker, name.id)
  }
  return undefined
}

/** Like BigQuery, which finds jobs in its two multi-regions by their ids alone. */
function placesOf({ project, id, location }: Name, { principal, desk: { ports } }: Asker): readonly JobRef[] {
  const locations = location === undefined ? new Set([ports.settings.location, 'US', 'EU']) : [location]
  return [...locations].map(where => {
    const place = { project, location: where }
    const isOurs = ports.isJobOwnedBy(id, principal, place)
    return { ...place, jobId: isOurs ? id : ports.newJobId(principal, place, jobSeed({ jobId: id })) }
  })
}

/** A job as its owner is shown it; undefined for one that Sluice did not start, or a version of it with other notes. */
export function entryOf(found: FoundJob, asker: Asker, id = found.clientId ?? found.ref.jobId): FoundEntry | undefined {
  const { note } = found
  const { principal, request, desk } = asker
  const known = { id, found, job: knownJobOf(found, principal, request.client) }
  if (found.kind !== 'query') return { ...known, ...transferIn(found), ...endOf(found, false) }
  const kept = note === undefined ? undefined : openKeptQuery(note, desk.ports)
  if (kept === undefined) return undefined
  return { ...known, kept, configuration: configurationAgain(kept, found.labels), ...endOf(found, kept.isProtected) }
}

function endOf(found: FoundJob, isProtected: boolean): Pick<FoundEntry, 'ended'> {
  if (found.ended === undefined) return {}
  const { at, statistics } = found.ended
  const failure = failureOfFound(found, isProtected)
  return { ended: { at, statistics, ...(failure === undefined ? {} : { failure }) } }
}
