import type { ColumnMask, DecisionFacts, GuardedFilter } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import { type TableId, tableId } from '../../model/table-ref.ts'
import type { Context } from '../resolve/context.ts'
import type { Scan } from '../resolve/relation.ts'
import { protectionOf } from './plan-hoists.ts'

type Duties = Pick<DecisionFacts, 'masks' | 'rowFilters'>

/**
 * One scan reads all tables of a wildcard, so what policy puts on any of them is put on the scan. That is right for the
 * shards of one table, `events_*` over tables by day. Tables of several names have columns of one name by chance: a
 * wildcard over them is refused where one of them is protected.
 */
export function protectShards<D extends Duties>(decision: D, contexts: readonly Context[]): D {
  const wildcards = contexts.flatMap(({ scans }) => [...scans.values()].filter(({ matches }) => matches !== undefined))
  const guarded = wildcards.filter(scan => idsOf(scan).some(id => protectionOf(id, decision) !== undefined))
  if (guarded.length === 0) return decision
  const masks = new Map(decision.masks)
  const rowFilters = new Map(decision.rowFilters)
  for (const scan of guarded) {
    if (!areShards(scan)) throw refusal(scan)
    masks.set(scan.id, masksOfAll(scan, decision))
    rowFilters.set(scan.id, filtersOfAll(scan, decision))
  }
  return { ...decision, masks, rowFilters }
}

/** What policy may name: the wildcard, and each table that it matches. */
function idsOf({ id, matches = [] }: Scan): readonly TableId[] {
  return [id, ...matches.map(({ ref }) => tableId(ref))]
}

/** Tables by day and the like: in each name there are digits where the star is. */
function areShards({ table, matches = [] }: Scan): boolean {
  const prefix = table.ref.table.slice(0, -1)
  return matches.every(({ ref }) => /^\d+$/.test(ref.table.slice(prefix.length)))
}

function masksOfAll(scan: Scan, { masks }: Duties): ReadonlyMap<string, ColumnMask> {
  const merged = new Map<string, ColumnMask>()
  for (const [column, mask] of idsOf(scan).flatMap(id => [...(masks.get(id) ?? [])])) {
    if ((merged.get(column)?.kind ?? mask.kind) !== mask.kind) throw refusal(scan)
    merged.set(column, mask)
  }
  return merged
}

/** A filter that does not hold for every shard would let some of them out whole, or keep rows back that may be seen. */
function filtersOfAll(scan: Scan, { rowFilters }: Duties): readonly GuardedFilter[] {
  const [first = [], ...others] = idsOf(scan)
    .slice(1)
    .map(id => rowFilters.get(id) ?? [])
  const own = rowFilters.get(scan.id) ?? first
  if ([own, ...others].some(filters => JSON.stringify(filters) !== JSON.stringify(first))) throw refusal(scan)
  return first
}

function refusal({ id }: Scan): Failure {
  return new Failure('cannot_govern', {
    detail: `The wildcard ${id} matches tables that are masked or filtered, and not all in one way.`,
    next: 'Name the tables one by one, or use a longer prefix.',
  })
}
