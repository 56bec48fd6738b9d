import type { Expression } from './expression.ts'
import type { Hint, Hinted, InputTableArgument, ReplacedField, TableCallArgument } from './foreign.ts'
import type { GroupBy, Ordered } from './grouping.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Limit, Query } from './query.ts'
import type { Span } from './span.ts'

/** A part of a date: `DAY`, `WEEK(MONDAY)`. */
export type DatePart = {
  readonly kind: 'DatePart'
  readonly name: Identifier
  readonly weekday: Identifier | undefined
  readonly at: Span
}

/** A call with every modifier a function, an aggregate or a window function may take. */
export type FunctionCall = Hinted &
  Ordered & {
    readonly kind: 'FunctionCall'
    /** What stands before the dot in a chained call: `(x).upper()`. */
    readonly target: Expression | undefined
    /** Without the SAFE prefix. */
    readonly name: Path
    readonly safe: boolean
    readonly distinct: boolean
    readonly args: readonly Argument[]
    readonly nulls: 'IGNORE' | 'RESPECT' | undefined
    readonly where: Expression | undefined
    readonly having: HavingExtreme | undefined
    readonly clamp: Clamp | undefined
    readonly report: Report | undefined
    readonly groupBy: GroupBy | undefined
    readonly groupHaving: Expression | undefined
    readonly limit: Limit | undefined
    readonly groupRows: Query | undefined
    readonly over: Window | undefined
    readonly at: Span
  }

export type Argument =
  | Expression
  | StarArgument
  | NamedArgument
  | AliasedArgument
  | Lambda
  | TableArgument
  | ModelArgument
  | ConnectionArgument
  | DescriptorArgument
  | TableCallArgument
  | InputTableArgument
  | ReplacedField

/** `COUNT(*)` */
export type StarArgument = { readonly kind: 'StarArgument'; readonly at: Span }
export type NamedArgument = {
  readonly kind: 'NamedArgument'
  readonly name: Identifier
  readonly value: Argument
  readonly at: Span
}
export type AliasedArgument = {
  readonly kind: 'AliasedArgument'
  readonly value: Expression
  readonly alias: Identifier
  readonly at: Span
}
/** `x -> x + 1`, `(x, y) -> x + y` */
export type Lambda = {
  readonly kind: 'Lambda'
  readonly parameters: readonly Identifier[]
  /** In place of the parameters, where one of them is no name. */
  readonly patterns?: readonly Expression[]
  readonly body: Expression
  readonly at: Span
}
export type TableArgument = { readonly kind: 'TableArgument'; readonly path: Path; readonly at: Span }
export type ModelArgument = { readonly kind: 'ModelArgument'; readonly path: Path; readonly at: Span }
/** `CONNECTION c` or `CONNECTION DEFAULT` (no path). */
export type ConnectionArgument = {
  readonly kind: 'ConnectionArgument'
  readonly path: Path | undefined
  readonly at: Span
}
export type DescriptorArgument = {
  readonly kind: 'DescriptorArgument'
  readonly columns: readonly Identifier[]
  readonly at: Span
}

/** `HAVING MAX x`, `HAVING MIN x` */
export type HavingExtreme = {
  readonly kind: 'HavingExtreme'
  readonly extreme: 'MAX' | 'MIN'
  readonly value: Expression
  readonly at: Span
}
/** `CLAMPED BETWEEN low AND high` */
export type Clamp = {
  readonly kind: 'Clamp'
  readonly low: Expression
  readonly high: Expression
  readonly at: Span
}
/** `WITH REPORT(…)` of a differentially private aggregate. */
export type Report = { readonly kind: 'Report'; readonly options: Options | undefined; readonly at: Span }

/** What follows OVER, or defines a name in WINDOW. `OVER w` has only a base and no parentheses, which mean the same. */
export type Window = Ordered & {
  readonly kind: 'Window'
  readonly base: Identifier | undefined
  readonly partitionBy: readonly Expression[]
  readonly partitionHint?: Hint
  readonly frame: Frame | undefined
  readonly at: Span
}
export type Frame = {
  readonly kind: 'Frame'
  readonly unit: 'ROWS' | 'RANGE'
  readonly start: FrameBound
  readonly end: FrameBound | undefined
  readonly at: Span
}
/** Without a distance the bound is unbounded, or the current row. */
export type FrameBound = {
  readonly kind: 'FrameBound'
  readonly side: 'PRECEDING' | 'FOLLOWING' | 'CURRENT ROW'
  readonly distance: Expression | undefined
  readonly at: Span
}

/** The nodes of this file. */
export type CallNode =
  | DatePart
  | FunctionCall
  | StarArgument
  | NamedArgument
  | AliasedArgument
  | Lambda
  | TableArgument
  | ModelArgument
  | ConnectionArgument
  | DescriptorArgument
  | HavingExtreme
  | Clamp
  | Report
  | Window
  | Frame
  | FrameBound
