import { print } from '../../googlesql/print/print.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import type { AppliedPolicy } from '../../model/governed.ts'
import type { Context } from '../resolve/context.ts'
import type { Scan } from '../resolve/relation.ts'
import { filterTree } from './row-filter.ts'

/** What the policy did to this query: the masks of columns that it uses, the filters of tables that it reads. */
export function appliedPolicy(
  { scans }: Context,
  { masks, rowFilters, limits }: Pick<DecisionFacts, 'masks' | 'rowFilters' | 'limits'>,
): AppliedPolicy {
  const all = [...scans.values()]
  return {
    masks: all.flatMap(scan => {
      const own = [...(masks.get(scan.id) ?? [])].filter(([column]) => isUsed(scan, column))
      return own.map(([column, mask]) => ({ table: scan.id, column, mask }))
    }),
    filters: all.flatMap(scan => {
      return (rowFilters.get(scan.id) ?? []).map(filter => {
        return { table: scan.id, filter, sql: print(filterTree(filter.condition, scan.table)) }
      })
    }),
    ...(limits.maxRows === undefined ? {} : { rowLimit: limits.maxRows }),
  }
}

function isUsed({ uses }: Scan, column: string): boolean {
  return (uses.get(column)?.size ?? 0) > 0
}

/** Of all parts of a text, each mask and filter once. */
export function mergeApplied(all: readonly AppliedPolicy[]): AppliedPolicy {
  const [first, second] = all
  if (first !== undefined && second === undefined) return first
  const masks = new Map(
    all.flatMap(({ masks: own }) => own.map(mask => [`${mask.table} ${mask.column}`, mask] as const)),
  )
  const filters = new Map(
    all.flatMap(part => part.filters.map(filter => [`${filter.table} ${filter.sql}`, filter] as const)),
  )
  const rowLimit = all.find(part => part.rowLimit !== undefined)?.rowLimit
  return {
    masks: [...masks.values()],
    filters: [...filters.values()],
    ...(rowLimit === undefined ? {} : { rowLimit }),
  }
}
