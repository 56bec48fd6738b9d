import { z } from 'zod'
import type { Query } from '../../../gateway/query.ts'
import { explain, start } from '../../../gateway/run-query.ts'
import { principalId } from '../../../model/principal.ts'
import { readStrictly } from '../../read-strictly.ts'
import { dryRunStatistics } from '../dry-run.ts'
import { withEtag } from '../etag.ts'
import { type QueryInsertion, queryInsertion, transferKindIn } from '../job-insertion.ts'
import { jobResource } from '../job-resource.ts'
import { type Answer, type Call, defineMethod } from '../method.ts'
import { queryOf } from '../query-config.ts'
import { queryString } from '../query-string.ts'
import { operationRefusedIn } from '../refused-fields.ts'
import { markEnded } from '../results.ts'
import { selfLink } from '../self-link.ts'
import { shownConfiguration } from '../shown-configuration.ts'
import { spared } from '../spared.ts'
import { beginTransfer, newJob, readTransfer } from '../transfer-job.ts'

type InsertJob = Call<'project', unknown, unknown>

/** Starts a query, load, copy or extract job and answers with it at once. */
export const insertJob = defineMethod({
  id: 'bigquery.jobs.insert',
  verb: 'POST',
  path: 'projects/{project}/jobs',
  query: queryString({}),
  body: z.unknown(),
  refuses: refusedIn,
  run: async call => {
    const id = idIn(call.body)
    if (id === undefined) return begin(call)
    return call.desk.inTurn(JSON.stringify([principalId(call.principal), call.path, id]), () => begin(call))
  },
})

function idIn(body: unknown): unknown {
  const { jobReference } = (body ?? {}) as { jobReference?: { jobId?: unknown } | null }
  return jobReference?.jobId
}

function begin(call: InsertJob): Promise<Answer> {
  const kind = transferKindIn(call.body)
  if (kind === undefined) return insertQuery(call, readStrictly(queryInsertion, call.body, 'body'))
  return beginTransfer(readTransfer(kind, call), call)
}

async function insertQuery(call: InsertJob, { configuration, jobReference = {} }: QueryInsertion): Promise<Answer> {
  const { request, desk } = call
  const { project, jobId, location } = newJob(jobReference, call)
  const { labels, jobTimeoutMs, dryRun } = configuration
  const asked = { ...configuration.query, ...spared({ labels, jobTimeoutMs, location, jobId }), project }
  const query = queryOf(asked, request, desk.options)
  const shown = shownConfiguration({ ...configuration.query, ...spared({ labels, dryRun }) })
  if (dryRun === true) return explainJob(query, project, shown, call)

  const started = await start(query, desk.ports)
  if (started.state !== 'running') return started
  const { job } = started
  const begun = { id: jobId ?? job.ref.jobId, job, configuration: shown }
  desk.jobs.put(begun)
  const entry = job.cost === undefined ? begun : markEnded(begun, job.cost, desk)
  return { state: 'answered', body: jobResource(entry, desk), decisionId: job.decision.id }
}

function refusedIn(body: unknown): string | undefined {
  const { configuration } = (body ?? {}) as { configuration?: { query?: object } }
  return operationRefusedIn({ ...configuration, ...configuration?.query })
}

async function explainJob(
  query: Query,
  project: string,
  configuration: Readonly<Record<string, unknown>>,
  { principal, desk }: InsertJob,
): Promise<Answer> {
  const outcome = await explain(query, { estimate: true }, desk.ports)
  if (outcome.state !== 'allowed') return outcome
  const now = String(desk.ports.now().getTime())
  const statistics = dryRunStatistics(outcome)
  const { totalBytesProcessed } = statistics
  const location = query.location ?? desk.ports.settings.location
  return {
    state: 'answered',
    decisionId: outcome.decision.id,
    // No job was made, so that its place in the names is empty.
    body: withEtag({
      ...{ kind: 'bigquery#job', id: `${project}:${location}.` },
      selfLink: selfLink(`projects/${project}/jobs/?location=${location}`, desk),
      ...{ jobReference: { projectId: project, location }, user_email: principal.email ?? principal.subject },
      ...{ configuration, status: { state: 'DONE' } },
      statistics: {
        ...{ creationTime: now, endTime: now, totalBytesProcessed },
        query: { ...statistics, totalBytesBilled: '0' },
      },
    }),
  }
}
