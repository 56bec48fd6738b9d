import type { ExplainOutcome } from '../../gateway/outcome.ts'
import type { GovernedText } from '../../model/governed.ts'
import { wireField } from './wire-schema.ts'

type Allowed = Extract<ExplainOutcome, { readonly state: 'allowed' }>

/** What a query would cost and give, without running it. Tables behind a view are not named. */
export function dryRunStatistics({ statement, governed, estimate }: Allowed) {
  const named = statement.tables.filter(({ via }) => via.length === 0)
  const referencedTables = named.map(({ ref }) => ({
    projectId: ref.project,
    datasetId: ref.dataset,
    tableId: ref.table,
  }))
  const totalBytesProcessed = String(estimate?.bytesProcessed ?? 0)
  const totalBytesProcessedAccuracy = (estimate?.accuracy ?? 'unknown').toUpperCase()
  const cost = { totalBytesProcessed, totalBytesProcessedAccuracy, cacheHit: false }
  return { ...cost, statementType: statement.kind, referencedTables, ...dryRunSchema(governed.value) }
}

/** Only whole: a schema with a column left out would be a wrong one. */
function dryRunSchema({ outputs, dryRunOutputs = outputs }: GovernedText) {
  const fields = dryRunOutputs.flatMap(({ name, type }) => (type === undefined ? [] : [wireField({ name, type })]))
  return fields.length === 0 || fields.length < dryRunOutputs.length ? {} : { schema: { fields } }
}
