import type { Decision } from '../model/decision.ts'
import type { StatementFacts } from '../model/statement.ts'
import type { DryRunWhen } from './ports.ts'

/** Features whose reach only BigQuery itself can tell. */
const judgedByServer: ReadonlySet<string> = new Set(['unverified', 'dynamic_sql'])

/** Whether BigQuery is asked for a dry run before this query goes out; it costs a round trip. */
export function wantsEstimate(statement: StatementFacts, decision: Decision, when: DryRunWhen): boolean {
  if (when === 'always' || decision.needs.includes('estimate')) return true
  return statement.features.some(feature => judgedByServer.has(feature))
}
