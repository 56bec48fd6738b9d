import type { Window } from './call.ts'
import type { Expression } from './expression.ts'
import type { Hinted } from './foreign.ts'
import type { GroupBy, Ordered } from './grouping.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { PipeOperator } from './pipe.ts'
import type { Span } from './span.ts'
import type { TableExpression } from './table.ts'

/** A query in any of its forms. Pipe operators come after ORDER BY and LIMIT. */
export type Query = Ordered & {
  readonly kind: 'Query'
  readonly with: WithClause | undefined
  readonly body: QueryBody
  readonly limit: Limit | undefined
  /** Only where it is written. */
  readonly lock?: 'FOR UPDATE'
  readonly pipes: readonly PipeOperator[]
  readonly at: Span
}

export type QueryBody = Select | SetOperation | NestedQuery | FromQuery

/** `(query)`; only as the start of a pipe may it have an alias. */
export type NestedQuery = {
  readonly kind: 'NestedQuery'
  readonly query: Query
  readonly alias: Identifier | undefined
  readonly at: Span
}

/** `FROM …` without SELECT: the start of a pipe. */
export type FromQuery = { readonly kind: 'FromQuery'; readonly from: TableExpression; readonly at: Span }

export type WithClause = {
  readonly kind: 'WithClause'
  readonly recursive: boolean
  readonly entries: readonly CommonTable[]
  readonly at: Span
}
export type CommonTable = {
  readonly kind: 'CommonTable'
  readonly name: Identifier
  readonly query: Query
  readonly depth: RecursionDepth | undefined
  readonly at: Span
}
/** `WITH DEPTH [AS alias] [BETWEEN low AND high]` of a recursive table. */
export type RecursionDepth = {
  readonly kind: 'RecursionDepth'
  readonly alias: Identifier | undefined
  readonly low: Expression | undefined
  readonly high: Expression | undefined
  readonly at: Span
}

export type Limit = {
  readonly kind: 'Limit'
  readonly count: Expression
  readonly offset: Expression | undefined
  readonly at: Span
}

/** `a UNION ALL b UNION ALL c`: one operator for all inputs; each step carries its column matching. */
export type SetOperation = {
  readonly kind: 'SetOperation'
  readonly first: QueryBody
  readonly steps: readonly SetStep[]
  readonly at: Span
}
export type SetStep = {
  readonly kind: 'SetStep'
  readonly operator: SetOperator
  readonly input: QueryBody
  readonly at: Span
}
export type SetOperator = Hinted & {
  readonly kind: 'SetOperator'
  readonly type: 'UNION' | 'INTERSECT' | 'EXCEPT'
  readonly rows: 'ALL' | 'DISTINCT'
  /** CORRESPONDING and BY NAME match columns by name; with neither they match by position. */
  readonly match: 'CORRESPONDING' | 'BY NAME' | undefined
  /** `ON (…)` after BY NAME, `BY (…)` after CORRESPONDING. */
  readonly columns: readonly Identifier[]
  readonly outer: 'FULL' | 'LEFT' | 'INNER' | undefined
  readonly strict: boolean
  readonly at: Span
}

export type Select = Hinted & {
  readonly kind: 'Select'
  readonly privacy: SelectModifier | undefined
  readonly distinct: boolean
  /** A path names a protocol buffer. */
  readonly as: 'STRUCT' | 'VALUE' | Path | undefined
  readonly items: readonly SelectItem[]
  readonly from: TableExpression | undefined
  readonly where: Expression | undefined
  readonly groupBy: GroupBy | undefined
  readonly having: Expression | undefined
  readonly qualify: Expression | undefined
  readonly windows: readonly NamedWindow[]
  readonly at: Span
}

/** `WITH DIFFERENTIAL_PRIVACY OPTIONS(…)`, `WITH AGGREGATION_THRESHOLD OPTIONS(…)` */
export type SelectModifier = {
  readonly kind: 'SelectModifier'
  readonly name: Identifier
  readonly options: Options | undefined
  readonly at: Span
}

export type SelectItem = ExpressionItem | StarItem
export type ExpressionItem = {
  readonly kind: 'ExpressionItem'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly at: Span
}
/** `*`, `t.*`, `f(x).*`, each with EXCEPT and REPLACE. */
export type StarItem = {
  readonly kind: 'StarItem'
  readonly target: Expression | undefined
  readonly except: readonly Identifier[]
  readonly replace: readonly ExpressionItem[]
  readonly at: Span
}

export type NamedWindow = {
  readonly kind: 'NamedWindow'
  readonly name: Identifier
  readonly window: Window
  readonly at: Span
}

/** The nodes of this file. */
export type QueryNode =
  | Query
  | NestedQuery
  | FromQuery
  | WithClause
  | CommonTable
  | RecursionDepth
  | Limit
  | SetOperation
  | SetStep
  | SetOperator
  | Select
  | SelectModifier
  | ExpressionItem
  | StarItem
  | NamedWindow
