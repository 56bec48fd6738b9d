import type { FunctionCall, TableArgument } from '../../googlesql/ast/call.ts'
import type { Expression, PathExpression } from '../../googlesql/ast/expression.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { CommonTable, Query, StarItem } from '../../googlesql/ast/query.ts'
import type { TableFunction, TableReference } from '../../googlesql/ast/table.ts'
import type { CatalogRoutine, CatalogSnapshot, CatalogTable } from '../../model/catalog.ts'
import type { ColumnType } from '../../model/column-type.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import type { Access, Feature, FunctionClass, ObjectKind } from '../../model/statement.ts'
import type { TableId, TableRef } from '../../model/table-ref.ts'
import type { BoundParameter } from '../routine/bind-arguments.ts'
import type { NameDefaults } from '../table-name.ts'
import type { Column, FromScope, Relation, Scan, Value } from './relation.ts'
import { type Spent, spendType } from './spend.ts'
import type { TemporaryTables } from './temporary-table.ts'

/** What a table reference of the text turned out to be, and the name its rows go by. */
export type Resolution =
  | { readonly kind: 'base'; readonly scan: Scan; readonly alias: string }
  | { readonly kind: 'view'; readonly view: ExpandedView; readonly alias: string }
  | { readonly kind: 'common_table' }
  | { readonly kind: 'array' }

/** A view's query, parsed and resolved in its own place; it may stand in several places of the query. */
export type ExpandedView = { readonly scan: Scan; readonly query: Query; readonly relation: Relation }

/** A call of a SQL function of a dataset, and the body that stands for it. */
export type ExpandedCall = {
  readonly routine: CatalogRoutine
  readonly parameters: readonly BoundParameter[]
  readonly body: Expression
  readonly type: ColumnType | undefined
  /** What the body must be cast to, to be what the call yields. */
  readonly castTo: ColumnType | undefined
}

/** A call of a SQL table function of a dataset, and the query that stands for it. */
export type ExpandedTableCall = Pick<ExpandedCall, 'routine' | 'parameters'> & { readonly query: Query }

/** The two rules that every other one comes back to; given from above, so that no file needs a file that needs it. */
export type Productions = {
  readonly expression: (node: Expression, scope: Scope) => Value
  readonly query: (query: Query, env: Environment) => Relation
}

/** A table that a statement changes. It is read where it stands, so what is read of it is kept apart from other reads of it. */
export type Target = {
  readonly scan: Scan
  readonly access: Set<Access>
  /** The name that its columns are qualified with. */
  readonly alias: string
}

/** An object that a statement names and does not read: what is made, altered, dropped or granted. */
export type NamedAccess = {
  readonly id: TableId
  readonly ref: TableRef
  readonly kind: ObjectKind
  readonly access: Access
  /** Of what the catalog has been asked for. */
  readonly etag?: string
}

/** All that one analysis gathers. It lives for one call, and its maps are filled as the tree is walked. */
export type Context = {
  readonly productions: Productions
  readonly snapshot: CatalogSnapshot
  readonly parameters: readonly QueryParameter[]
  readonly scans: Map<TableId, Scan>
  readonly views: Map<TableId, ExpandedView>
  readonly resolutions: Map<TableReference, Resolution>
  readonly calls: Map<FunctionCall, ExpandedCall>
  readonly tableCalls: Map<TableFunction, ExpandedTableCall>
  /** Calls that stay calls, of functions that a second reader must be told of. */
  readonly kept: Map<FunctionCall | TableFunction, CatalogRoutine>
  /** `TABLE t` as an argument: the table as FROM would name it. */
  readonly tableArguments: Map<TableArgument, TableReference>
  /** Path expressions that name a variable: which one. */
  readonly variableUses: Map<PathExpression, Column>
  /** Path expressions that name a pseudo-column: which one, and of what. */
  readonly pseudoColumns: Map<Node, { readonly name: string; readonly scan: Scan }>
  /** Stars over rows that have pseudo-columns, which are no part of what they stand for. */
  readonly stars: Map<StarItem, readonly Column[]>
  readonly targets: Target[]
  readonly objects: NamedAccess[]
  /** Tables whose data is taken as it stands, by CLONE and COPY: nothing can be put on them. */
  readonly copied: Set<TableId>
  /** Tables whose definition is changed. */
  readonly altered: CatalogTable[]
  readonly functions: Map<string, FunctionClass>
  readonly features: Set<Feature>
  /** The views and routines being expanded around this place, outermost first. */
  readonly within: readonly TableId[]
  readonly spent: Spent
}

/** A WITH entry. Those of a recursive list are resolved when they are first named; `provisional` is what a term so far has. */
export type CommonTableEntry = {
  readonly node: CommonTable
  relation: Relation | undefined
  provisional: Relation | undefined
  state: 'new' | 'resolving' | 'done'
  /** Resolves an entry of a recursive list. */
  readonly resolve: (entry: CommonTableEntry) => Relation
}

/** WITH entries visible at a place, inner lists first. */
export type CommonTables = {
  readonly entries: readonly CommonTableEntry[]
  readonly outer: CommonTables | undefined
}

/** What an expression or a FROM clause can see. */
export type Environment = {
  readonly context: Context
  readonly defaults: NameDefaults
  readonly commonTables: CommonTables | undefined
  /** The scope of the query around a subquery, for correlated names. */
  readonly outer: Scope | undefined
  /** Names that stand behind every column, wherever it is: the parameters of a routine in its body. */
  readonly variables: readonly Column[]
  /** Tables that a script made before this place. */
  readonly temporary?: TemporaryTables
}

/** Names in an expression: FROM, then select-list aliases where the clause may use them, then the query around. */
export type Scope = {
  readonly env: Environment
  readonly from: FromScope
  /** Select-list columns; `first` before FROM's (ORDER BY), `last` after them (GROUP BY, HAVING, QUALIFY). */
  readonly aliases?: { readonly columns: readonly Column[]; readonly precedence: 'first' | 'last' }
  /** Lambda parameters and WITH-expression names. */
  readonly locals?: readonly Column[]
  readonly outer: Scope | undefined
}

export function scopeOf(env: Environment, from: FromScope): Scope {
  return { env, from, outer: env.outer }
}

export function resolveExpression(node: Expression, scope: Scope): Value {
  const { productions, spent } = scope.env.context
  const value = productions.expression(node, scope)
  spendType(value.type, spent)
  return value
}

export function resolveQuery(query: Query, env: Environment): Relation {
  return env.context.productions.query(query, env)
}

/** A query inside an expression sees the names around it. */
export function resolveSubquery(query: Query, scope: Scope): Relation {
  return resolveQuery(query, { ...scope.env, outer: scope })
}
