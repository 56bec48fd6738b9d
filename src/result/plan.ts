import type { ColumnMask, DecisionFacts, DetectorName, Obligation } from '../model/decision.ts'
import type { GovernedText } from '../model/governed.ts'

export type DetectAction = Extract<Obligation, { kind: 'detect' }>['action']

/** What has to be looked at in the rows of one query. */
export type RedactionPlan = {
  /** For each column of the answer the base columns it is, where it is one unchanged: a view's, and the one behind it. */
  readonly outputs: readonly { readonly name: string; readonly origins: readonly string[] }[]
  /** Masks by `table id + '.' + leaf path`. */
  readonly masks: ReadonlyMap<string, ColumnMask>
  readonly detections: ReadonlyMap<DetectorName, DetectAction>
}

/** From the decision and not from what was applied: this guard must not depend on the first one's work. */
export function planRedaction(governed: GovernedText, decision: DecisionFacts): RedactionPlan {
  return {
    outputs: governed.outputs.map(({ name, origins }) => ({ name, origins: origins ?? [] })),
    masks: masksByLeaf(decision),
    detections: detectionsOf(decision.obligations),
  }
}

function masksByLeaf({ masks }: DecisionFacts): ReadonlyMap<string, ColumnMask> {
  const byLeaf = [...masks].flatMap(([table, columns]) => {
    return [...columns].map(([leaf, mask]) => [`${table}.${leaf}`, mask] as const)
  })
  return new Map(byLeaf)
}

const strictness: Readonly<Record<DetectAction, number>> = { note: 0, redact: 1, refuse: 2 }

/** Where rules ask for different actions, the strictest wins. */
function detectionsOf(obligations: readonly Obligation[]): ReadonlyMap<DetectorName, DetectAction> {
  const detections = new Map<DetectorName, DetectAction>()
  for (const obligation of obligations) {
    if (obligation.kind !== 'detect') continue
    const known = detections.get(obligation.detector)
    if (known !== undefined && strictness[known] >= strictness[obligation.action]) continue
    detections.set(obligation.detector, obligation.action)
  }
  return detections
}
