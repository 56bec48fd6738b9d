import type { JobInsertion, QueryRequest } from './query-config.ts'

type Shown = Pick<
  QueryRequest,
  'query' | 'defaultDataset' | 'maximumBytesBilled' | 'parameterMode' | 'queryParameters' | 'labels' | 'dryRun'
> & { readonly priority?: JobInsertion['configuration']['query']['priority'] }

/** A job's configuration as its owner sent it, out of the fields that are known. */
export function shownConfiguration(asked: Shown): Readonly<Record<string, unknown>> {
  const { query, priority = 'INTERACTIVE', defaultDataset, maximumBytesBilled, parameterMode, queryParameters } = asked
  return {
    jobType: 'QUERY',
    query: {
      ...{ query, useLegacySql: false, priority },
      ...(defaultDataset === undefined ? {} : { defaultDataset }),
      ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
      ...(parameterMode === undefined ? {} : { parameterMode }),
      ...(queryParameters === undefined ? {} : { queryParameters }),
    },
    ...(asked.labels === undefined ? {} : { labels: asked.labels }),
    ...(asked.dryRun === undefined ? {} : { dryRun: asked.dryRun }),
  }
}
