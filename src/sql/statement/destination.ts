import type { DecisionFacts } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import type { Access, StatementFacts, TableAccess } from '../../model/statement.ts'
import { tableId } from '../../model/table-ref.ts'
import type { Destination } from '../../model/transfer.ts'

/** What writing to a table takes. Whether it is there already is not looked at: who may not make it says `create: never`. */
export function destinationAccess({ table: ref, write, create, options }: Destination): TableAccess {
  const access: Access[] = [
    'write',
    ...(create === 'if_needed' || write === 'truncate' ? (['create'] as const) : []),
    ...(write === 'truncate' ? (['truncate'] as const) : []),
    ...(changesSchema(options) ? (['alter'] as const) : []),
  ]
  const id = tableId(ref)
  return { id, ref, kind: 'table', access: access.sort(), via: [], columns: [], etag: '', labels: {} }
}

/** A query whose rows are written to a table: whoever may read the one must also be allowed to write the other. */
export function writtenTo(facts: StatementFacts, destination: Destination): StatementFacts {
  if (facts.class !== 'read') {
    throw new Failure('request_invalid', { detail: `destinationTable: a ${facts.kind} statement has none.` })
  }
  return {
    ...facts,
    kind: 'SELECT_INTO_TABLE',
    class: 'write',
    destination,
    tables: withTable(facts.tables, destinationAccess(destination)),
  }
}

/** A table that is read as well is one table with both accesses. */
export function withTable(tables: readonly TableAccess[], added: TableAccess): readonly TableAccess[] {
  const known = tables.find(({ id }) => id === added.id)
  if (known === undefined) return [...tables, added].toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const access = [...new Set([...known.access, ...added.access])].sort()
  return tables.map(table => (table === known ? { ...known, access } : table))
}

/** Rows that may not be seen are not thrown away unseen. */
export function refuseHiddenRows(destination: Destination | undefined, { rowFilters }: DecisionFacts): void {
  if (destination === undefined || destination.write !== 'truncate') return
  const id = tableId(destination.table)
  if ((rowFilters.get(id) ?? []).length === 0) return
  throw new Failure('cannot_govern', {
    detail: `You see only some rows of ${id}, and this would replace all.`,
    next: 'Delete the rows that you see with DELETE FROM … WHERE TRUE, and append.',
  })
}

function changesSchema({ schemaUpdateOptions: changes }: Destination['options']): boolean {
  return Array.isArray(changes) && changes.length > 0
}
