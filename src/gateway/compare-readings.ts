import type { Estimate } from '../model/decision.ts'
import { Failure } from '../model/failure.ts'
import type { GovernedText } from '../model/governed.ts'
import type { TableId } from '../model/table-ref.ts'

/**
 * BigQuery's own reading of the governed SQL must name no table that ours does not. One that it leaves out is no danger:
 * it lists no metadata views, and of very many tables only the first. A server that names none at all has no opinion.
 */
export function compareReadings(governed: GovernedText, estimate: Estimate): void {
  if (estimate.referencedTables === undefined) return
  const predicted = new Set(governed.parts.flatMap(({ scans }) => scans.map(({ id }) => id)))
  const isHidden = (id: TableId) => governed.statementKind === 'SCRIPT' && isInHiddenDataset(id)
  const unexpected = estimate.referencedTables.filter(id => !isPredicted(id, predicted) && !isHidden(id))
  if (unexpected.length === 0) return
  throw new Failure('readers_disagree', {}, { cause: `the dry run also reads ${unexpected.join(', ')}` })
}

/** A wildcard is named by its tables or by its pattern, and metadata views by their dataset. */
function isPredicted(id: TableId, predicted: ReadonlySet<TableId>): boolean {
  if (predicted.has(id)) return true
  return [...predicted].some(known => known.endsWith('*') && id.startsWith(known.slice(0, -1)))
}

/** Where BigQuery keeps the tables that a script makes for itself. */
function isInHiddenDataset(id: TableId): boolean {
  return id.split('.').at(-2)?.startsWith('_') === true
}
