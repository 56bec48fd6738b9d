import type { AttackCase, HttpCase } from './cases.ts'
import { canGenerate } from './generated-body.ts'
import { sendHttp } from './http-door.ts'
import type { Answer } from './judge.ts'

const jobs = '/bigquery/v2/projects/acme-prod/jobs'

/** Requests that a case has in words. */
const inWords: Readonly<Record<string, HttpCase>> = {
  'POL-035': { method: 'PUT', path: '/v1/policies/sluice', body: { raw: 'package sluice.decision' } },
}

/** The request of a case as it goes to this gateway. */
export function servedRequest({ id, request }: AttackCase): HttpCase {
  const asked = inWords[id] ?? request?.request ?? request
  if (asked?.generator !== undefined && !canGenerate(asked.generator)) {
    throw new Error(`no body is known for ${asked.generator}`)
  }
  return asked ?? {}
}

/** The jobs that cases speak of, each of the person whose it is. */
export async function makeJobs(base: URL, tokens: { readonly alice: string; readonly bob: string }): Promise<void> {
  const insert = (token: string, jobId: string, query: string) =>
    sendHttp(base, token, {
      path: jobs,
      body: { jobReference: { jobId }, configuration: { query: { query, useLegacySql: false } } },
    })
  await insert(tokens.bob, 'bob_job_123', 'SELECT * FROM crm.users')
  await insert(tokens.alice, 'alice_job_1', 'SELECT * FROM crm.orders')
  await insert(tokens.alice, 'alice_job_2', 'SELECT CAST(email AS INT64) FROM crm.users')
}

/** A query with settings that only the REST API has. */
export function askOverRest(base: URL, token: string, { fixture }: AttackCase, query: string): Promise<Answer> {
  const { job_options = {}, query_parameters, default_dataset } = fixture
  const [dataset, projectId] = default_dataset?.split('.').toReversed() ?? []
  const settings = Object.entries({ useLegacySql: false, ...job_options }).filter(([, value]) => value !== null)
  const body = {
    query,
    ...Object.fromEntries(settings),
    ...(query_parameters === undefined ? {} : { queryParameters: query_parameters, parameterMode: 'NAMED' }),
    ...(dataset === undefined ? {} : { defaultDataset: { datasetId: dataset, ...(projectId && { projectId }) } }),
  }
  return sendHttp(base, token, { path: `/bigquery/v2/projects/${fixture.job_project ?? 'acme-prod'}/queries`, body })
}

/** What the client itself wrote, which an answer may repeat. */
export function ownTextOf({ jsonrpc, raw, body }: HttpCase): string {
  const query = (body as { query?: unknown } | undefined)?.query
  return typeof query === 'string' ? query : JSON.stringify(jsonrpc ?? raw ?? '')
}
