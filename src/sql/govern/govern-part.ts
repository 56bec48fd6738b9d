import type { DecisionFacts } from '../../model/decision.ts'
import type { AppliedPolicy, PredictedScan } from '../../model/governed.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import type { Part, PartTree } from '../part.ts'
import { appliedPolicy } from './applied.ts'
import { withCompleteNames } from './complete-names.ts'
import { placeHoists } from './place-hoists.ts'
import { planHoists } from './plan-hoists.ts'
import { predictedScans } from './predict.ts'
import { replaceReferences } from './references.ts'
import { limitRows } from './row-limit.ts'
import { withSourcesInQueries } from './sources-in-queries.ts'
import { protectTarget } from './targets.ts'

/** A part under the policy's masks, filters and limits. */
export type PartUnderPolicy = {
  readonly part: Part
  readonly tree: PartTree
  readonly scans: readonly PredictedScan[]
  readonly applied: AppliedPolicy
}

type Duties = Pick<DecisionFacts, 'masks' | 'rowFilters' | 'limits'>

export type PartSettings = {
  readonly freshName: () => string
  /** Whether the rows of its queries go to the client. */
  readonly rowsLeave: boolean
}

export function governPart(part: Part, decision: Duties, { freshName, rowsLeave }: PartSettings): PartUnderPolicy {
  const { context } = part
  const plan = planHoists(context, decision, freshName)
  const replaced = replaceReferences(withCompleteNames(part.tree, part.named), context, plan.nameFor)
  const protectedTree = protectTarget(withSourcesInQueries(replaced, plan.hoists), context, decision)
  const placed = placeHoists(protectedTree, plan.hoists, freshName)
  return {
    part,
    tree: rowsLeave ? limited(placed.tree, decision, context.parameters) : placed.tree,
    scans: predictedScans(context, plan, placed.uses, decision),
    applied: appliedPolicy(context, decision),
  }
}

/** Rows that leave the warehouse are bounded: those of an answer and those of an export. */
function limited(tree: PartTree, { limits }: Duties, parameters: readonly QueryParameter[]): PartTree {
  const { maxRows } = limits
  if (maxRows === undefined) return tree
  if (tree.kind !== 'QueryStatement' && tree.kind !== 'ExportData') return tree
  return { ...tree, query: limitRows(tree.query, maxRows, parameters) }
}
