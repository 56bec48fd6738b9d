import type { Expression } from './expression.ts'
import type { Hinted } from './foreign.ts'
import type { Query } from './query.ts'
import type { Span } from './span.ts'

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Comparison = {
  readonly kind: 'Comparison'
  readonly operator: ComparisonOperator
  readonly left: Expression
  readonly right: Expression
  readonly at: Span
}
export type IsDistinctFrom = {
  readonly kind: 'IsDistinctFrom'
  readonly negated: boolean
  readonly left: Expression
  readonly right: Expression
  readonly at: Span
}
export type Is = {
  readonly kind: 'Is'
  readonly negated: boolean
  readonly operand: Expression
  readonly test: 'NULL' | 'TRUE' | 'FALSE' | 'UNKNOWN'
  readonly at: Span
}
export type Between = {
  readonly kind: 'Between'
  readonly negated: boolean
  readonly operand: Expression
  readonly low: Expression
  readonly high: Expression
  readonly at: Span
}
export type Like = {
  readonly kind: 'Like'
  readonly negated: boolean
  readonly operand: Expression
  readonly pattern: Expression
  readonly at: Span
}
export type In = Hinted & {
  readonly kind: 'In'
  readonly negated: boolean
  readonly operand: Expression
  readonly choices: Choices
  readonly at: Span
}

/** `x LIKE ANY (…)`, `x NOT LIKE ALL (…)`, `x = SOME (…)` */
export type Quantified = Hinted & {
  readonly kind: 'Quantified'
  readonly operator: 'LIKE' | 'NOT LIKE' | ComparisonOperator
  readonly quantifier: 'ANY' | 'SOME' | 'ALL'
  readonly operand: Expression
  readonly choices: Choices
  readonly at: Span
}

export type Choices = ChoiceList | ChoiceQuery | ChoiceUnnest
export type ChoiceList = { readonly kind: 'ChoiceList'; readonly items: readonly Expression[]; readonly at: Span }
export type ChoiceQuery = { readonly kind: 'ChoiceQuery'; readonly query: Query; readonly at: Span }
export type ChoiceUnnest = {
  readonly kind: 'ChoiceUnnest'
  readonly array: Expression
  readonly more?: readonly Expression[]
  readonly mode?: Expression
  readonly at: Span
}

/** The nodes of this file. */
export type PredicateNode =
  | Comparison
  | IsDistinctFrom
  | Is
  | Between
  | Like
  | In
  | Quantified
  | ChoiceList
  | ChoiceQuery
  | ChoiceUnnest
