import type { RowFilter } from '../model/decision.ts'
import type { AppliedPolicy } from '../model/governed.ts'
import type { Finding } from '../model/result.ts'

/** One thing that policy did to an answer, for its reader. */
export type Notice = {
  readonly kind: 'mask' | 'row_filter' | 'row_limit' | 'content'
  readonly message: string
  readonly table?: string
  readonly column?: string
}

/** What policy did to a query and its rows, in words. */
export function noticesOf(applied: AppliedPolicy, findings: readonly Finding[] = []): readonly Notice[] {
  const masks = applied.masks.map(({ table, column, mask }): Notice => {
    return { kind: 'mask', table, column, message: `${table}.${column} is masked (${mask.kind}).` }
  })
  const filters = applied.filters.map(({ table, filter }): Notice => {
    return { kind: 'row_filter', table, message: `${table} shows only rows where ${filterText(filter.condition)}.` }
  })
  const limits: Notice[] =
    applied.rowLimit === undefined
      ? []
      : [{ kind: 'row_limit', message: `At most ${applied.rowLimit} rows are returned.` }]
  const contents = findings.map(({ detector, column, count, action }): Notice => {
    return { kind: 'content', column, message: `${count} values of ${column} look like ${detector} (${action}).` }
  })
  return [...masks, ...filters, ...limits, ...contents]
}

const symbols: Readonly<Record<string, string>> = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' }

/** A filter condition for people: `region = "EU"`. */
export function filterText(filter: RowFilter): string {
  if (filter.type === 'compound') {
    if (filter.operator === 'not') return `not (${filter.value.map(filterText).join(' and ')})`
    return filter.value.map(part => `(${filterText(part)})`).join(` ${filter.operator} `)
  }
  return `${filter.field} ${symbols[filter.operator] ?? filter.operator} ${JSON.stringify(filter.value)}`
}
