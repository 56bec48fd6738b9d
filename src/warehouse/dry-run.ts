import { z } from 'zod'
import type { WarehousePort } from '../gateway/ports.ts'
import type { Estimate } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import { isProtected } from '../model/governed.ts'
import { tableId } from '../model/table-ref.ts'
import type { ApiClient } from './client.ts'
import { wireParameters } from './query-parameters.ts'
import { shownFailure } from './shown-failure.ts'

const dryRunAnswer = z.object({
  statistics: z.object({
    totalBytesProcessed: z.string().default('0'),
    query: z
      .object({
        totalBytesProcessedAccuracy: z.string().default('UNKNOWN'),
        statementType: z.string().optional(),
        referencedTables: z
          .array(z.object({ projectId: z.string(), datasetId: z.string(), tableId: z.string() }))
          .nullish(),
      })
      .default({ totalBytesProcessedAccuracy: 'UNKNOWN' }),
  }),
})

const accuracies: Readonly<Record<string, Estimate['accuracy']>> = {
  PRECISE: 'precise',
  LOWER_BOUND: 'lower_bound',
  UPPER_BOUND: 'upper_bound',
}

/** BigQuery's own reading of the governed SQL. `jobs.query` would not name the tables, so it is `jobs.insert`. */
export function openEstimate(call: ApiClient): WarehousePort['estimate'] {
  return async ({ governed, project, location, labels }, signal) => {
    const query = { query: governed.text, useLegacySql: false, ...wireParameters(governed.parameters) }
    const body = {
      jobReference: { projectId: project, location },
      configuration: { dryRun: true, labels, query },
    }
    try {
      const answer = dryRunAnswer.safeParse(await call({ method: 'POST', project, path: '/jobs', body }, signal))
      if (!answer.success) throw new Failure('warehouse_failed', {}, { cause: answer.error })
      return estimateOf(answer.data)
    } catch (thrown) {
      throw shownFailure(thrown, isProtected(governed))
    }
  }
}

function estimateOf({ statistics }: z.infer<typeof dryRunAnswer>): Estimate {
  const { statementType, referencedTables, totalBytesProcessedAccuracy } = statistics.query
  return {
    bytesProcessed: Number(statistics.totalBytesProcessed),
    accuracy: accuracies[totalBytesProcessedAccuracy] ?? 'unknown',
    ...(statementType === undefined ? {} : { statementType }),
    ...(referencedTables === undefined || referencedTables === null
      ? {}
      : {
          referencedTables: referencedTables.map(({ projectId, datasetId, tableId: table }) =>
            tableId({ project: projectId, dataset: datasetId, table }),
          ),
        }),
  }
}
