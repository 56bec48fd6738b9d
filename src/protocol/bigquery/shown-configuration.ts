import type { Asked } from './query-config.ts'
import { spared } from './spared.ts'

type Shown = Partial<Asked> & { readonly query: string; readonly dryRun?: boolean }

/** A job's configuration as its owner sent it, out of the fields that are known. */
export function shownConfiguration(asked: Shown): Readonly<Record<string, unknown>> {
  const { query, priority = 'INTERACTIVE', maximumBytesBilled, labels, dryRun } = asked
  const { defaultDataset, parameterMode, queryParameters, useQueryCache } = asked
  const { destinationTable, createDisposition, writeDisposition, schemaUpdateOptions } = asked
  const { timePartitioning, rangePartitioning, clustering } = asked
  return {
    jobType: 'QUERY',
    query: {
      ...{ query, useLegacySql: false, priority },
      ...spared({ defaultDataset, parameterMode, queryParameters, useQueryCache }),
      ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
      ...spared({ destinationTable, createDisposition, writeDisposition, schemaUpdateOptions }),
      ...spared({ timePartitioning, rangePartitioning, clustering }),
    },
    ...spared({ labels, dryRun }),
  }
}
