import { z } from 'zod'
import type { JobName } from '../../gateway/job-seed.ts'
import type { Query, Request } from '../../gateway/query.ts'
import { Failure } from '../../model/failure.ts'
import { destinationOf, refOf, shaping, tableReference, writing } from './destination-config.ts'
import { formatOptions } from './format-options.ts'
import { datasetName, integer, labels, locationName, projectName } from './names.ts'
import type { BigQueryOptions } from './options.ts'
import { readParameters, wireParameter } from './query-parameters.ts'
import { keptOf, shownConfiguration } from './shown-configuration.ts'
import { spared } from './spared.ts'

const defaultDataset = z.strictObject({ datasetId: datasetName, projectId: projectName.exactOptional() })
const nothing = z.array(z.never()).exactOptional()

/** What `jobs.query` and `jobs.insert` say alike. Hints that change no answer are taken and not passed on. */
const common = {
  query: z.string().min(1),
  useLegacySql: z.boolean().exactOptional(),
  defaultDataset: defaultDataset.exactOptional(),
  maximumBytesBilled: integer.exactOptional(),
  parameterMode: z.stringFormat('NAMED or POSITIONAL', /^(named|positional)$/i).exactOptional(),
  queryParameters: z.array(wireParameter).max(10_000).exactOptional(),
  useQueryCache: z.boolean().exactOptional(),
  connectionProperties: nothing,
  createSession: z.literal(false).exactOptional(),
  continuous: z.literal(false).exactOptional(),
}

export const queryRequest = z.strictObject({
  ...common,
  kind: z.literal('bigquery#queryRequest').exactOptional(),
  dryRun: z.boolean().exactOptional(),
  labels: labels.exactOptional(),
  location: locationName.exactOptional(),
  maxResults: integer.exactOptional(),
  timeoutMs: integer.exactOptional(),
  jobTimeoutMs: integer.exactOptional(),
  formatOptions: formatOptions.exactOptional(),
  requestId: z
    .string()
    .regex(/^[\x21-\x7e]{1,36}$/)
    .exactOptional(),
  // Every answer has a job, whatever is asked for: a query without one could not be asked for again.
  jobCreationMode: z
    .enum(['JOB_CREATION_MODE_UNSPECIFIED', 'JOB_CREATION_REQUIRED', 'JOB_CREATION_OPTIONAL'])
    .exactOptional(),
})
export type QueryRequest = z.infer<typeof queryRequest>

export const queryConfiguration = z.strictObject({
  ...{ ...common, ...writing, ...shaping },
  destinationTable: tableReference.exactOptional(),
  priority: z.enum(['INTERACTIVE', 'BATCH']).exactOptional(),
  allowLargeResults: z.boolean().exactOptional(),
  flattenResults: z.boolean().exactOptional(),
  userDefinedFunctionResources: nothing,
})
type QueryConfiguration = z.infer<typeof queryConfiguration>

export type Asked = Pick<QueryRequest, keyof typeof common> &
  Partial<Omit<QueryConfiguration, keyof typeof common>> &
  Pick<QueryRequest, 'labels' | 'location' | 'jobTimeoutMs'> & { readonly project: string } & JobName

/** The query of a request, out of the fields that are known. */
export function queryOf(asked: Asked, request: Request, options: BigQueryOptions): Query {
  refuseLegacySql(asked.useLegacySql, options)
  const {
    project,
    query: text,
    location,
    jobId,
    requestKey,
    defaultDataset: dataset,
    maximumBytesBilled,
    jobTimeoutMs,
  } = asked
  return {
    ...{ ...request, project, text },
    parameters: readParameters(asked.queryParameters ?? [], options.maxParameterBytes),
    limits: {
      ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled }),
      ...(jobTimeoutMs === undefined || jobTimeoutMs === 0 ? {} : { timeoutMs: jobTimeoutMs }),
    },
    ...(dataset === undefined
      ? {}
      : { defaultDataset: { project: dataset.projectId ?? project, dataset: dataset.datasetId } }),
    ...(location === undefined ? {} : { location }),
    ...(asked.labels === undefined ? {} : { labels: asked.labels }),
    ...spared({ jobId, requestKey }),
    shown: keptOf(shownConfiguration(asked)),
    ...writtenTo(asked),
    hints: spared({ useQueryCache: asked.useQueryCache, priority: asked.priority }),
  }
}

/** A result without a table of its own stays where BigQuery keeps it for a day. */
function writtenTo(asked: Asked): Pick<Query, 'destination'> {
  const { project, destinationTable, createDisposition, writeDisposition, ...rest } = asked
  if (destinationTable === undefined) return {}
  const { timePartitioning, rangePartitioning, clustering, schemaUpdateOptions } = rest
  const shape = spared({ timePartitioning, rangePartitioning, clustering, schemaUpdateOptions })
  const dispositions = spared({ createDisposition, writeDisposition })
  return { destination: destinationOf(refOf(destinationTable, project), dispositions, 'WRITE_EMPTY', shape) }
}

/** BigQuery reads a request that does not say as legacy SQL, which is another language. */
function refuseLegacySql(useLegacySql: boolean | undefined, { absentUseLegacySql }: BigQueryOptions): void {
  if (useLegacySql === false || (useLegacySql === undefined && absentUseLegacySql === 'standard')) return
  throw new Failure('statement_unsupported', {
    detail: useLegacySql === true ? 'Legacy SQL is not served.' : 'Without useLegacySql a request is legacy SQL.',
    next: 'Send useLegacySql: false and GoogleSQL (with bq: --nouse_legacy_sql).',
  })
}
