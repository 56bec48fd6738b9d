import type { Expression } from '../../googlesql/ast/expression.ts'
import type { CommonTable, ExpressionItem } from '../../googlesql/ast/query.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { TableExpression, TableReference, TableSample } from '../../googlesql/ast/table.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import type { CatalogColumn, CatalogTable } from '../../model/catalog.ts'
import type { ColumnMask, GuardedFilter } from '../../model/decision.ts'
import type { TableId } from '../../model/table-ref.ts'
import { touchedColumns } from '../facts/tables.ts'
import type { Scan } from '../resolve/relation.ts'
import { and, call, identifier, integer, item, nullLiteral, query, select } from './build.ts'
import { byLowerPath, maskColumn } from './mask-column.ts'
import { plainForms } from './plain-forms.ts'
import { filterTree } from './row-filter.ts'

/** What the policy puts on one relation. */
export type Protection = {
  readonly masks: ReadonlyMap<string, ColumnMask> | undefined
  readonly filters: readonly GuardedFilter[]
}

/** Time travel and sampling belong to the table itself, so they move to where it is read. */
export type ScanForm = { readonly systemTime: Expression | undefined; readonly samples: readonly TableSample[] }

export const plainForm: ScanForm = { systemTime: undefined, samples: [] }

/** Sampling right behind a table is part of how it is read. */
export function formOf({ systemTime, postfix }: TableReference): ScanForm {
  const end = postfix.findIndex(({ kind }) => kind !== 'TableSample')
  const leading = end < 0 ? postfix : postfix.slice(0, end)
  const time = systemTime && rewrite(systemTime, plainForms)
  return {
    systemTime: time,
    samples: leading.filter((operator): operator is TableSample => operator.kind === 'TableSample'),
  }
}

/** A relation under the names that a second reader and BigQuery read alike: one path in one pair of backticks. */
export function tableNamed(id: TableId, alias: string | undefined, form: ScanForm = plainForm): TableReference {
  return {
    kind: 'TableReference',
    path: { kind: 'Path', parts: [identifier(id)], at },
    alias: alias === undefined ? undefined : identifier(alias),
    ...{ offset: undefined, systemTime: form.systemTime, postfix: form.samples, at },
  }
}

/** A WITH entry that reads `source` and gives the named columns of `scan`, masked, of the rows that may be seen. */
export function hoisted(name: string, scan: Scan, source: TableExpression, protection: Protection): CommonTable {
  const conditions = protection.filters.map(({ condition }) => filterTree(condition, scan.table))
  const guards = protection.filters.flatMap(({ guard }, index) => (guard ? (conditions[index] ?? []) : []))
  const columns = touchedColumns(scan, scan.table)
  const items = columns.map(column => hoistedColumn(column, scan.table, protection, guards))
  const body = select({
    items: items.length > 0 ? items : [item(integer(1), '_sl_row')],
    from: source,
    where: conditions.length === 0 ? undefined : and(conditions),
  })
  return { kind: 'CommonTable', name: identifier(name), query: query(body), depth: undefined, at }
}

/** A guarded column is NULL outside of the rows that may be seen, so that no expression on it can fail there. */
function hoistedColumn(
  { name, type }: CatalogColumn,
  table: CatalogTable,
  { masks }: Protection,
  guards: readonly Expression[],
): ExpressionItem {
  const value = maskColumn(name, type, byLowerPath(masks))
  const guarded = guards.length === 0 ? value : call('IF', and(guards), value, nullLiteral)
  const alias = isPseudo(name, table) ? pseudoAlias(name) : name
  return item(guarded, alias)
}

export function isPseudo(name: string, { pseudoColumns }: CatalogTable): boolean {
  return pseudoColumns.some(column => column.name.toLowerCase() === name.toLowerCase())
}

/** BigQuery lets no column of a query be called `_PARTITIONTIME` and the like. */
export function pseudoAlias(name: string): string {
  return `sl${name.toLowerCase()}`
}
