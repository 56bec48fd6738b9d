import type { ExplainOutcome } from '../../gateway/outcome.ts'
import { wireField } from './wire-schema.ts'

type Allowed = Extract<ExplainOutcome, { readonly state: 'allowed' }>

/** What a query would cost and give, without running it. Tables behind a view are not named. */
export function dryRunStatistics({ statement, estimate }: Allowed) {
  const named = statement.tables.filter(({ via }) => via.length === 0)
  const referencedTables = named.map(({ ref }) => ({
    projectId: ref.project,
    datasetId: ref.dataset,
    tableId: ref.table,
  }))
  const totalBytesProcessed = String(estimate?.bytesProcessed ?? 0)
  const totalBytesProcessedAccuracy = (estimate?.accuracy ?? 'unknown').toUpperCase()
  const cost = { totalBytesProcessed, totalBytesProcessedAccuracy, cacheHit: false }
  return { ...cost, statementType: statement.kind, referencedTables, ...dryRunSchema({ statement }) }
}

/** Only whole: a schema with a column left out would be a wrong one. */
function dryRunSchema({ statement }: Pick<Allowed, 'statement'>) {
  const fields = statement.outputs.flatMap(({ name, type }) => (type === undefined ? [] : [wireField({ name, type })]))
  return fields.length === 0 || fields.length < statement.outputs.length ? {} : { schema: { fields } }
}
