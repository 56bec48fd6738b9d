import type { DecisionFacts } from '../../model/decision.ts'
import type { StatementFacts } from '../../model/statement.ts'
import type { Row } from './row.ts'

/** The columns of `column_access`: one row for each table and column that the statement uses. */
export function columnAccessRows(statement: StatementFacts, decision: DecisionFacts): readonly Row[] {
  return statement.tables.flatMap(table =>
    table.columns
      .filter(({ uses }) => uses.length > 0)
      .map(column => ({
        table: table.id,
        column: column.name,
        access: table.access,
        uses: column.uses,
        tags: column.tags,
        via: table.via,
        mask: maskOf(decision, table.id, column.name),
        effect: decision.effect,
        decision_id: decision.id,
        fingerprint: statement.fingerprint,
      })),
  )
}

function maskOf(decision: DecisionFacts, table: string, column: string): string {
  const masks = decision.masks.get(table)
  if (masks === undefined) return ''
  // A mask on a struct covers every leaf in it.
  const covering = column.split('.').map((_, depth, parts) => parts.slice(0, depth + 1).join('.'))
  return covering.flatMap(path => masks.get(path)?.kind ?? [])[0] ?? ''
}
