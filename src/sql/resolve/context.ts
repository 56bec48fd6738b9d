import type { CommonTable } from '../../googlesql/ast/query.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { Query } from '../../googlesql/ast/query.ts'
import type { TableReference } from '../../googlesql/ast/table.ts'
import type { CatalogSnapshot } from '../../model/catalog.ts'
import type { QueryParameter } from '../../model/parameter.ts'
import type { Feature, FunctionClass } from '../../model/statement.ts'
import type { TableId, TableRef } from '../../model/table-ref.ts'
import type { NameDefaults } from '../table-name.ts'
import type { Column, FromScope, Relation, Scan } from './relation.ts'

/** What a table reference of the text turned out to be. */
export type Resolution =
  | { readonly kind: 'base'; readonly scan: Scan; readonly alias: string }
  | { readonly kind: 'view'; readonly view: ExpandedView; readonly alias: string }
  | { readonly kind: 'common_table' }
  | { readonly kind: 'array' }

/** A view's query, parsed and resolved in its own place; it may stand in several places of the query. */
export type ExpandedView = { readonly id: TableId; readonly query: Query; readonly relation: Relation }

/** All that one analysis gathers. It lives for one call, and its maps are filled as the tree is walked. */
export type Context = {
  readonly snapshot: CatalogSnapshot
  readonly parameters: readonly QueryParameter[]
  readonly scans: Map<TableId, Scan>
  readonly views: Map<TableId, ExpandedView>
  readonly resolutions: Map<TableReference, Resolution>
  /** Path expressions that name a pseudo-column, by what they name. */
  readonly pseudoColumns: Map<Node, string>
  readonly functions: Map<string, FunctionClass>
  readonly features: Set<Feature>
  readonly missing: { readonly tables: TableRef[]; readonly wildcards: TableRef[] }
  /** The views being expanded around this place, outermost first. */
  readonly within: readonly TableId[]
}

/** A WITH entry; `relation` is there once it was resolved, `provisional` while a recursive one is. */
export type CommonTableEntry = {
  readonly name: string
  readonly node: CommonTable
  readonly isRecursiveList: boolean
  env: Environment | undefined
  relation?: Relation
  provisional?: Relation
  state: 'new' | 'resolving' | 'done'
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
