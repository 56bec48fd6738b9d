import type { Query } from '../../../gateway/query.ts'
import { explain, start } from '../../../gateway/run-query.ts'
import { Failure } from '../../../model/failure.ts'
import type { BigQueryDesk } from '../desk.ts'
import { dryRunStatistics } from '../dry-run.ts'
import { jobResource } from '../job-resource.ts'
import { keepJob } from '../keep-job.ts'
import { type Answer, defineMethod } from '../method.ts'
import { type JobInsertion, jobInsertion, queryOf } from '../query-config.ts'
import { queryString } from '../query-string.ts'
import { operationRefusedIn } from '../refused-fields.ts'
import { shownConfiguration } from '../shown-configuration.ts'

/** Starts a query and answers with its job at once. */
export const insertJob = defineMethod({
  id: 'bigquery.jobs.insert',
  verb: 'POST',
  path: 'projects/{project}/jobs',
  query: queryString({}),
  body: jobInsertion,
  refuses: refusedIn,
  run: async ({ path: { project }, body, request, principal, desk }) => {
    const { configuration, jobReference = {} } = body
    const { projectId = project, jobId, location } = jobReference
    if (projectId !== project) throw new Failure('request_invalid', { detail: 'The job is of another project.' })
    if (jobId !== undefined && desk.jobs.find(principal, project, jobId) !== undefined)
      throw alreadyThere(project, jobId)

    const { labels, jobTimeoutMs, dryRun } = configuration
    const asked = { ...configuration.query, ...spare({ labels, jobTimeoutMs, location }), project }
    const query = queryOf(
      { ...asked, ...(jobId === undefined ? {} : { jobKey: `job ${jobId}` }) },
      request,
      desk.options,
    )
    const shown = shownConfiguration({ ...configuration.query, ...spare({ labels, dryRun }) })
    if (dryRun === true) return explainJob(query, project, shown, desk)

    const started = await start(query, desk.ports)
    if (started.state !== 'running') return started
    const { job } = started
    const entry = keepJob({ id: jobId ?? job.ref.jobId, job, configuration: shown }, desk)
    return { state: 'answered', body: jobResource(entry, desk), decisionId: job.decision.id }
  },
})

function refusedIn(body: unknown): string | undefined {
  const { configuration } = (body ?? {}) as { configuration?: Partial<JobInsertion['configuration']> }
  const other = ['load', 'copy', 'extract'].find(name => Object.hasOwn(configuration ?? {}, name))
  if (other !== undefined) return `${other}: jobs other than queries are not granted.`
  return operationRefusedIn({ ...configuration, ...configuration?.query })
}

function alreadyThere(project: string, jobId: string): Failure {
  return new Failure('warehouse_duplicate', { detail: `Already Exists: Job ${project}:${jobId}.` })
}

/** The fields that are there, so that what is absent stays absent. */
function spare<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof spare<T>
  >
}

async function explainJob(
  query: Query,
  project: string,
  configuration: Readonly<Record<string, unknown>>,
  desk: BigQueryDesk,
): Promise<Answer> {
  const outcome = await explain(query, { estimate: true }, desk.ports)
  if (outcome.state !== 'allowed') return outcome
  const creationTime = String(desk.ports.now().getTime())
  const statistics = dryRunStatistics(outcome)
  const { totalBytesProcessed } = statistics
  return {
    state: 'answered',
    decisionId: outcome.decision.id,
    body: {
      kind: 'bigquery#job',
      jobReference: { projectId: project, location: query.location ?? desk.ports.settings.location },
      configuration,
      status: { state: 'DONE' },
      statistics: { creationTime, totalBytesProcessed, query: statistics },
    },
  }
}
