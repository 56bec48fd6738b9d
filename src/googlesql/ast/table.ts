import type { Argument } from './call.ts'
import type { Expression } from './expression.ts'
import type { Hinted } from './foreign.ts'
import type { Ordered } from './grouping.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Query } from './query.ts'
import type { Span } from './span.ts'

/** What stands in FROM. All forms take an alias and any number of postfix operators. */
export type TableExpression =
  | TableReference
  | UnnestReference
  | SubqueryReference
  | TableFunction
  | ParenthesizedJoin
  | JoinChain

/** `p.d.t`, a common table's name, or an array path such as `t.items`: which one is the resolver's to say. */
export type TableReference = Hinted & {
  readonly kind: 'TableReference'
  readonly path: Path
  readonly alias: Identifier | undefined
  readonly offset: WithOffset | undefined
  readonly systemTime: Expression | undefined
  readonly postfix: readonly PostfixOperator[]
  readonly at: Span
}

export type UnnestReference = Hinted & {
  readonly kind: 'UnnestReference'
  readonly arrays: readonly UnnestArray[]
  /** `mode => 'PAD'` of an UNNEST over several arrays. */
  readonly mode: Expression | undefined
  readonly alias: Identifier | undefined
  readonly offset: WithOffset | undefined
  readonly postfix: readonly PostfixOperator[]
  readonly at: Span
}
export type UnnestArray = {
  readonly kind: 'UnnestArray'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly at: Span
}
/** `WITH OFFSET [AS alias]`; without an alias the column is named `offset`. */
export type WithOffset = {
  readonly kind: 'WithOffset'
  readonly alias: Identifier | undefined
  readonly at: Span
}

export type SubqueryReference = {
  readonly kind: 'SubqueryReference'
  readonly lateral: boolean
  readonly query: Query
  readonly alias: Identifier | undefined
  readonly postfix: readonly PostfixOperator[]
  readonly at: Span
}

export type TableFunction = Hinted & {
  readonly kind: 'TableFunction'
  readonly lateral: boolean
  readonly name: Path
  readonly args: readonly Argument[]
  readonly alias: Identifier | undefined
  readonly postfix: readonly PostfixOperator[]
  readonly at: Span
}

/** `(a JOIN b ON …)` */
export type ParenthesizedJoin = {
  readonly kind: 'ParenthesizedJoin'
  readonly join: JoinChain
  readonly postfix: readonly PostfixOperator[]
  readonly at: Span
}

/** `a JOIN b ON … , c`: read from the left. Stands only at the top of FROM or in a ParenthesizedJoin. */
export type JoinChain = {
  readonly kind: 'JoinChain'
  readonly first: TableExpression
  readonly joins: readonly Join[]
  readonly at: Span
}
export type Join = Hinted & {
  readonly kind: 'Join'
  readonly type: JoinType
  /** Only where it is written. */
  readonly method?: 'HASH' | 'LOOKUP'
  readonly natural: boolean
  readonly right: TableExpression
  readonly on: Expression | undefined
  readonly using: readonly Identifier[]
  readonly at: Span
}
/** `COMMA` is a cross join of the lowest precedence; `JOIN` alone is INNER. */
export type JoinType = 'COMMA' | 'CROSS' | 'INNER' | 'LEFT' | 'RIGHT' | 'FULL'

export type PostfixOperator = Pivot | Unpivot | TableSample | MatchRecognize

export type Pivot = {
  readonly kind: 'Pivot'
  readonly aggregates: readonly PivotItem[]
  readonly for: Expression
  readonly values: readonly PivotItem[]
  readonly alias: Identifier | undefined
  readonly at: Span
}
export type PivotItem = {
  readonly kind: 'PivotItem'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly at: Span
}

export type Unpivot = {
  readonly kind: 'Unpivot'
  readonly nulls: 'INCLUDE' | 'EXCLUDE' | undefined
  readonly values: readonly Identifier[]
  /** Several value columns are written `(a, b)`. */
  readonly name: Identifier
  readonly groups: readonly UnpivotGroup[]
  readonly alias: Identifier | undefined
  readonly at: Span
}
/** `(q1, q2) AS 'first half'`: input columns and their label, a string or an integer. */
export type UnpivotGroup = {
  readonly kind: 'UnpivotGroup'
  readonly columns: readonly Path[]
  readonly label: Expression | undefined
  readonly at: Span
}

/** `TABLESAMPLE SYSTEM (10 PERCENT)` */
export type TableSample = {
  readonly kind: 'TableSample'
  readonly method: Identifier
  readonly size: Expression
  readonly unit: 'PERCENT' | 'ROWS'
  readonly partitionBy: readonly Expression[]
  readonly weight: SampleWeight | undefined
  readonly repeatable: Expression | undefined
  readonly at: Span
}
export type SampleWeight = {
  readonly kind: 'SampleWeight'
  readonly alias: Identifier | undefined
  readonly at: Span
}

export type MatchRecognize = Ordered & {
  readonly kind: 'MatchRecognize'
  readonly partitionBy: readonly Expression[]
  readonly measures: readonly Measure[]
  readonly skip: 'PAST LAST ROW' | 'TO NEXT ROW' | undefined
  readonly pattern: Pattern
  readonly definitions: readonly PatternDefinition[]
  readonly options: Options | undefined
  readonly alias: Identifier | undefined
  readonly at: Span
}
export type Measure = {
  readonly kind: 'Measure'
  readonly value: Expression
  readonly alias: Identifier
  readonly at: Span
}
export type PatternDefinition = {
  readonly kind: 'PatternDefinition'
  readonly name: Identifier
  readonly condition: Expression
  readonly at: Span
}

export type Pattern = PatternName | PatternAnchor | PatternSequence | PatternChoice | PatternRepeat
export type PatternName = { readonly kind: 'PatternName'; readonly name: Identifier; readonly at: Span }
export type PatternAnchor = { readonly kind: 'PatternAnchor'; readonly anchor: '^' | '$'; readonly at: Span }
export type PatternSequence = {
  readonly kind: 'PatternSequence'
  readonly items: readonly Pattern[]
  readonly at: Span
}
export type PatternChoice = {
  readonly kind: 'PatternChoice'
  readonly items: readonly Pattern[]
  readonly at: Span
}
/** `a*`, `a+?`, `a{2,5}`; without a maximum there is none. */
export type PatternRepeat = {
  readonly kind: 'PatternRepeat'
  readonly item: Pattern
  readonly min: Expression | undefined
  readonly max: Expression | undefined
  readonly symbol: '*' | '+' | '?' | '{}'
  readonly reluctant: boolean
  readonly at: Span
}

/** The nodes of this file. */
export type TableNode =
  | TableReference
  | UnnestReference
  | UnnestArray
  | WithOffset
  | SubqueryReference
  | TableFunction
  | ParenthesizedJoin
  | JoinChain
  | Join
  | Pivot
  | PivotItem
  | Unpivot
  | UnpivotGroup
  | TableSample
  | SampleWeight
  | MatchRecognize
  | Measure
  | PatternDefinition
  | PatternName
  | PatternAnchor
  | PatternSequence
  | PatternChoice
  | PatternRepeat
