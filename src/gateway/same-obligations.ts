import type { DecisionFacts } from '../model/decision.ts'

/** Whether two decisions ask for the same masks and filters, so that SQL governed under one holds under the other. */
export function sameObligations(first: DecisionFacts, second: DecisionFacts): boolean {
  return sqlDuties(first) === sqlDuties(second)
}

function sqlDuties({ masks, rowFilters, limits }: DecisionFacts): string {
  const maskRows = [...masks].map(([table, columns]) => [table, [...columns].sort(byKey)])
  return JSON.stringify([maskRows.sort(), [...rowFilters].sort(byKey), limits.maxRows])
}

function byKey(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return left[0] < right[0] ? -1 : 1
}
