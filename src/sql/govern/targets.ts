import type { Delete, Merge, MergeClause, Update } from '../../googlesql/ast/dml.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { DecisionFacts } from '../../model/decision.ts'
import { Failure } from '../../model/failure.ts'
import type { PartTree } from '../part.ts'
import type { Context, Target } from '../resolve/context.ts'
import { and, identifier } from './build.ts'
import { byLowerPath } from './mask-column.ts'
import { protectionOf } from './plan-hoists.ts'
import { filterTree } from './row-filter.ts'

type Duties = Pick<DecisionFacts, 'masks' | 'rowFilters'>

/**
 * A statement whose target is protected: rows that its author may not see are neither changed nor counted, and masked
 * columns are not read. The target stands where it is, so its filter becomes a part of the statement's own conditions.
 */
export function protectTarget(statement: PartTree, context: Context, duties: Duties): PartTree {
  for (const id of context.copied) if (protectionOf(id, duties) !== undefined) throw refusedCopy(id)
  const [target] = context.targets
  if (target === undefined) return statement
  refuseMaskedReads(target, duties)
  const filters = duties.rowFilters.get(target.scan.id) ?? []
  const conditions = filters.map(({ condition }) => filterTree(condition, target.scan.table, target.alias))
  return filterTarget(statement, target, conditions)
}

function filterTarget(statement: PartTree, target: Target, conditions: readonly Expression[]): PartTree {
  switch (statement.kind) {
    case 'Update':
    case 'Delete':
      return filterChanged(statement, target, conditions)
    case 'Merge':
      return filterMerged(statement, target, conditions)
    case 'Truncate':
      if (conditions.length === 0) return statement
      throw new Failure('cannot_govern', {
        detail: `You see only some rows of ${target.scan.id}, and TRUNCATE would remove all.`,
        next: 'Send DELETE FROM … WHERE TRUE, which removes the rows that you see.',
      })
    default:
      return statement
  }
}

function filterChanged<S extends Update | Delete>(statement: S, target: Target, conditions: readonly Expression[]): S {
  const own = statement.where === undefined ? [] : [statement.where]
  const all = [...own, ...conditions]
  const alias = statement.alias ?? identifier(target.alias)
  return { ...statement, alias, where: all.length === 0 ? undefined : and(all) }
}

/** A row that may not be seen matches nothing, and is not what NOT MATCHED BY SOURCE speaks of. */
function filterMerged(merge: Merge, target: Target, conditions: readonly Expression[]): Merge {
  const alias = merge.alias ?? identifier(target.alias)
  if (conditions.length === 0) return { ...merge, alias }
  const clauses = merge.clauses.map((clause): MergeClause => {
    if (clause.when !== 'NOT MATCHED BY SOURCE') return clause
    const own = clause.condition === undefined ? [] : [clause.condition]
    return { ...clause, condition: and([...own, ...conditions]) }
  })
  return { ...merge, alias, clauses, on: { kind: 'And', operands: [merge.on, ...conditions], at } }
}

function refuseMaskedReads({ scan }: Target, { masks }: Duties): void {
  const masked = byLowerPath(masks.get(scan.id))
  for (const [path, uses] of scan.uses) {
    const isRead = [...uses].some(use => use !== 'write')
    if (!isRead || !isMasked(path, masked)) continue
    throw new Failure('cannot_govern', {
      detail: `Column ${path} of ${scan.id} is masked for you, and this statement reads it where it cannot be masked.`,
      next: `Leave ${path} out of the conditions and of the values.`,
    })
  }
}

/** A mask on a field, on the whole, or on a part. */
function isMasked(path: string, masked: ReadonlyMap<string, unknown>): boolean {
  const lower = path.toLowerCase()
  return [...masked.keys()].some(name => {
    return name === lower || lower.startsWith(`${name}.`) || name.startsWith(`${lower}.`)
  })
}

function refusedCopy(id: string): Failure {
  return new Failure('cannot_govern', {
    detail: `${id} is masked or filtered for you, and a copy would have it as it is.`,
    next: 'Use CREATE TABLE … AS SELECT, which can be masked.',
  })
}
