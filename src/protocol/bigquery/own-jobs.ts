import type { JobListRequest } from '../../gateway/jobs-port.ts'
import type { FoundJob } from '../../model/found-job.ts'
import type { BigQueryDesk } from './desk.ts'
import { type Asker, entryOf } from './find-entry.ts'
import type { FoundEntry } from './job-book.ts'
import { spared } from './spared.ts'

type Wanted = {
  readonly maxResults?: number
  readonly pageToken?: string
  readonly minCreationTime?: number
  readonly maxCreationTime?: number
  readonly stateFilter?: 'done' | 'pending' | 'running'
}
type Listing = { readonly shown: readonly FoundEntry[]; readonly nextPageToken?: string }

const defaultMaxResults = 100
/** One answer looks through so many jobs of everybody. Who has older ones goes on with the token that comes with it. */
const jobsEachLook = 200
const maxLooks = 10

/** A person's jobs out of those of all, which BigQuery lists alike: they are all of Sluice's account. */
export async function ownJobs(
  project: string,
  { maxResults = defaultMaxResults, pageToken, stateFilter, ...times }: Wanted,
  asker: Asker & { readonly desk: BigQueryDesk },
): Promise<Listing> {
  const { principal, request, desk } = asker
  const of = `jobs of ${project}`
  const seal = (token: string | undefined, index: number) =>
    desk.pageTokens.seal({ of, pageToken: token, index }, principal)
  const shown: FoundEntry[] = []
  const began = pageToken === undefined ? { index: 0 } : desk.pageTokens.open(pageToken, of, principal)
  let { pageToken: token, index: from } = began as { pageToken?: string | undefined; index: number }
  for (let look = 0; look < maxLooks; look++) {
    const wanted = { project, maxResults: jobsEachLook, ...times, ...spared({ pageToken: token, state: stateFilter }) }
    const page = await desk.ports.jobs.list(wanted satisfies JobListRequest, request.signal)
    for (const [place, found] of page.jobs.entries()) {
      const entry = place < from || !isOwn(found, asker) ? undefined : entryOf(found, asker)
      if (entry === undefined) continue
      if (shown.length >= Math.max(1, maxResults)) return { shown, nextPageToken: seal(token, place) }
      shown.push(entry)
    }
    if (page.nextPageToken === undefined) return { shown }
    token = page.nextPageToken
    from = 0
  }
  return { shown, nextPageToken: seal(token, 0) }
}

function isOwn({ ref }: FoundJob, { principal, desk }: Asker): boolean {
  return desk.ports.isJobOwnedBy(ref.jobId, principal, ref)
}
