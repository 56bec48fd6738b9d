import type { Insert } from './dml.ts'
import type { Expression } from './expression.ts'
import type { Hinted } from './foreign.ts'
import type { GroupBy, OrderItem } from './grouping.ts'
import type { Identifier, Options } from './name.ts'
import type {
  Limit,
  NamedWindow,
  Query,
  RecursionDepth,
  Select,
  SelectItem,
  SelectModifier,
  SetOperator,
  WithClause,
} from './query.ts'
import type { Span } from './span.ts'
import type { Join, MatchRecognize, Pivot, TableFunction, TableSample, Unpivot } from './table.ts'
import type { Connection, CreateTable } from './table-definition.ts'

export type PipeOperator =
  | PipeWhere
  | PipeSelect
  | PipeExtend
  | PipeSet
  | PipeDrop
  | PipeRename
  | PipeAs
  | PipeLimit
  | PipeOrderBy
  | PipeAggregate
  | PipeDistinct
  | PipeSetOperation
  | PipeRecursiveUnion
  | PipeJoin
  | PipeCall
  | PipeWindow
  | PipeWith
  | PipeAssert
  | PipeTableSample
  | PipePivot
  | PipeUnpivot
  | PipeMatchRecognize
  | PipeFork
  | PipeIf
  | PipeDescribe
  | PipeCreateTable
  | PipeInsert
  | PipeExportData

export type PipeWhere = { readonly kind: 'PipeWhere'; readonly condition: Expression; readonly at: Span }

/** `|> SELECT [DISTINCT] [AS STRUCT|VALUE] items [WINDOW …]`: a Select without FROM and what follows it. */
export type PipeSelect = { readonly kind: 'PipeSelect'; readonly select: Select; readonly at: Span }

export type PipeExtend = {
  readonly kind: 'PipeExtend'
  readonly items: readonly SelectItem[]
  readonly windows: readonly NamedWindow[]
  readonly at: Span
}

/** `|> SET column = value, …` */
export type PipeSet = { readonly kind: 'PipeSet'; readonly items: readonly PipeAssignment[]; readonly at: Span }
export type PipeAssignment = {
  readonly kind: 'PipeAssignment'
  readonly column: Identifier
  readonly value: Expression
  readonly at: Span
}

export type PipeDrop = { readonly kind: 'PipeDrop'; readonly columns: readonly Identifier[]; readonly at: Span }

export type PipeRename = { readonly kind: 'PipeRename'; readonly items: readonly PipeRenaming[]; readonly at: Span }
export type PipeRenaming = {
  readonly kind: 'PipeRenaming'
  readonly from: Identifier
  readonly to: Identifier
  readonly at: Span
}

export type PipeAs = { readonly kind: 'PipeAs'; readonly alias: Identifier; readonly at: Span }
export type PipeLimit = { readonly kind: 'PipeLimit'; readonly limit: Limit; readonly at: Span }
export type PipeOrderBy = Hinted & {
  readonly kind: 'PipeOrderBy'
  readonly items: readonly OrderItem[]
  readonly at: Span
}

export type PipeAggregate = {
  readonly kind: 'PipeAggregate'
  readonly privacy: SelectModifier | undefined
  readonly items: readonly PipeAggregateItem[]
  readonly groupBy: GroupBy | undefined
  readonly at: Span
}
/** An item may ask that the output be ordered by it; a star needs no alias. */
export type PipeAggregateItem = {
  readonly kind: 'PipeAggregateItem'
  readonly item: SelectItem
  readonly direction: 'ASC' | 'DESC' | undefined
  readonly nulls: 'FIRST' | 'LAST' | undefined
  readonly at: Span
}

export type PipeDistinct = { readonly kind: 'PipeDistinct'; readonly at: Span }

/** `|> UNION ALL (…), (…)` */
export type PipeSetOperation = {
  readonly kind: 'PipeSetOperation'
  readonly operator: SetOperator
  readonly inputs: readonly Query[]
  readonly at: Span
}

/** `|> RECURSIVE UNION ALL (…)`: the term is a query, or pipe operators on the table so far. */
export type PipeRecursiveUnion = {
  readonly kind: 'PipeRecursiveUnion'
  readonly operator: SetOperator
  readonly depth: RecursionDepth | undefined
  readonly term: Query | Subpipeline
  readonly alias: Identifier | undefined
  readonly at: Span
}
export type Subpipeline = {
  readonly kind: 'Subpipeline'
  readonly operators: readonly PipeOperator[]
  readonly at: Span
}

export type PipeJoin = { readonly kind: 'PipeJoin'; readonly join: Join; readonly at: Span }

/** `|> CALL f(…) [AS alias]`: a table function whose first table argument is the input. */
export type PipeCall = { readonly kind: 'PipeCall'; readonly call: TableFunction; readonly at: Span }

export type PipeWindow = { readonly kind: 'PipeWindow'; readonly items: readonly SelectItem[]; readonly at: Span }
export type PipeWith = { readonly kind: 'PipeWith'; readonly with: WithClause; readonly at: Span }
export type PipeAssert = {
  readonly kind: 'PipeAssert'
  readonly condition: Expression
  readonly payload: readonly Expression[]
  readonly at: Span
}
export type PipeTableSample = { readonly kind: 'PipeTableSample'; readonly sample: TableSample; readonly at: Span }
export type PipePivot = { readonly kind: 'PipePivot'; readonly pivot: Pivot; readonly at: Span }
export type PipeUnpivot = { readonly kind: 'PipeUnpivot'; readonly unpivot: Unpivot; readonly at: Span }
export type PipeMatchRecognize = {
  readonly kind: 'PipeMatchRecognize'
  readonly match: MatchRecognize
  readonly at: Span
}

/** `|> FORK (|> …), (|> …)`, and TEE and LOG, behind which the pipe goes on. An empty branch is the table as it is. */
export type PipeFork = Hinted & {
  readonly kind: 'PipeFork'
  readonly word: 'FORK' | 'TEE' | 'LOG'
  readonly branches: readonly Subpipeline[]
  readonly at: Span
}
/** `|> IF condition THEN (|> …) ELSEIF … ELSE (|> …)` */
export type PipeIf = Hinted & {
  readonly kind: 'PipeIf'
  readonly cases: readonly PipeIfCase[]
  readonly otherwise: Subpipeline | undefined
  readonly at: Span
}
export type PipeIfCase = {
  readonly kind: 'PipeIfCase'
  readonly condition: Expression
  readonly branch: Subpipeline
  readonly at: Span
}
export type PipeDescribe = {
  readonly kind: 'PipeDescribe'
  readonly word: 'DESCRIBE' | 'STATIC_DESCRIBE'
  readonly at: Span
}
/** `|> CREATE TABLE t …`: the pipe is its query. */
export type PipeCreateTable = {
  readonly kind: 'PipeCreateTable'
  readonly definition: CreateTable
  readonly at: Span
}
/** An INSERT whose rows are those of the pipe. */
export type PipeInsert = Omit<Insert, 'kind' | 'source'> & { readonly kind: 'PipeInsert' }
export type PipeExportData = {
  readonly kind: 'PipeExportData'
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly at: Span
}

/** The nodes of this file. */
export type PipeNode =
  | PipeWhere
  | PipeSelect
  | PipeExtend
  | PipeSet
  | PipeAssignment
  | PipeDrop
  | PipeRename
  | PipeRenaming
  | PipeAs
  | PipeLimit
  | PipeOrderBy
  | PipeAggregate
  | PipeAggregateItem
  | PipeDistinct
  | PipeSetOperation
  | PipeRecursiveUnion
  | Subpipeline
  | PipeJoin
  | PipeCall
  | PipeWindow
  | PipeWith
  | PipeAssert
  | PipeTableSample
  | PipePivot
  | PipeUnpivot
  | PipeMatchRecognize
  | PipeFork
  | PipeIf
  | PipeIfCase
  | PipeDescribe
  | PipeCreateTable
  | PipeInsert
  | PipeExportData
