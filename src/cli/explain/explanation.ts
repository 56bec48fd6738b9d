import type { DecisionFacts } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { GovernedText } from '../../model/governed.ts'
import type { StatementClass, StatementFacts } from '../../model/statement.ts'

/** What there is to say of a text, as far as it could be followed. */
export type Explanation = {
  readonly kind: string
  readonly class: StatementClass
  /** Objects as the text names them. */
  readonly named: readonly { readonly name: string; readonly kind: string; readonly access: string }[]
  /** The client's statement as Sluice read it. */
  readonly original: string
  readonly facts?: StatementFacts
  readonly decision?: DecisionFacts
  readonly governed?: GovernedText
  /** What Google's analyzer says of the governed text. */
  readonly verified?: 'agrees' | 'not asked'
  readonly failure?: Failure
}

export const exitCodes = { allowed: 0, denied: 1, refused: 2 } as const

/** Refused and broken alike end with 2; a policy's no, or its wish for an approval, with 1. */
export function exitCodeOf({ failure, decision }: Explanation): number {
  if (decision !== undefined && decision.effect !== 'allow') return exitCodes.denied
  return failure === undefined ? exitCodes.allowed : exitCodes.refused
}

/** For programs. Maps are written as objects. */
export function explanationDocument(explanation: Explanation): unknown {
  const { facts, decision, governed, failure, original, verified, ...text } = explanation
  return {
    ...text,
    ...(facts && { statement: withoutText(facts) }),
    ...(decision && { decision: decisionDocument(decision) }),
    original_sql: original,
    ...(governed && { governed_sql: governed.text, applied: governed.applied }),
    ...(verified && { verified }),
    ...(failure && {
      failure: { code: failure.code, message: failure.message, ...failure.details, next: failure.next },
    }),
  }
}

function withoutText({ text: _, ...facts }: StatementFacts) {
  return facts
}

function decisionDocument({ masks, rowFilters, ...decision }: DecisionFacts) {
  return {
    ...decision,
    masks: Object.fromEntries([...masks].map(([table, columns]) => [table, Object.fromEntries(columns)])),
    row_filters: Object.fromEntries(rowFilters),
  }
}
