import type { KeptQuery } from '../../gateway/kept-query.ts'
import type { Asked } from './query-config.ts'
import { spared } from './spared.ts'

type Configuration = Readonly<Record<string, unknown>>
type Shown = Partial<Asked> & { readonly query: string; readonly dryRun?: boolean }

/** A job's configuration as its owner sent it, out of the fields that are known. */
export function shownConfiguration(asked: Shown): Configuration {
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

/** What is kept of it with the job: neither the text, which is kept as it is, nor what may differ between two runs. */
export function keptOf(configuration: Configuration): Configuration {
  const { labels: _, ...rest } = configuration
  const { query: __, ...query } = configuration['query'] as Configuration
  return { ...rest, query }
}

/** The configuration again, out of what was kept. */
export function configurationAgain({ asked, shown, labelKeys }: KeptQuery, labels: Configuration): Configuration {
  const own = Object.entries(labels).filter(([key]) => labelKeys.includes(key))
  return {
    ...shown,
    query: { query: asked.text, ...(shown['query'] as object) },
    ...(own.length === 0 ? {} : { labels: Object.fromEntries(own) }),
  }
}
