import type { Expression } from './expression.ts'
import type { OrderItem } from './grouping.ts'
import type { StringLiteral } from './literal.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Query, SelectItem } from './query.ts'
import type { Span } from './span.ts'
import type { WithOffset } from './table.ts'
import type { ColumnDefinition, Connection, Scope } from './table-definition.ts'

/** CREATE [EXTERNAL] SCHEMA */
export type CreateSchema = {
  readonly kind: 'CreateSchema'
  readonly external: boolean
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly collate: Expression | undefined
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly at: Span
}

export type CreateView = {
  readonly kind: 'CreateView'
  readonly form: 'MATERIALIZED' | 'APPROX' | undefined
  readonly recursive: boolean
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly columns: readonly ViewColumn[]
  readonly security: 'INVOKER' | 'DEFINER' | undefined
  readonly partitionBy: readonly Expression[]
  readonly clusterBy: readonly Expression[]
  readonly options: Options | undefined
  readonly source: Query | ReplicaOf
  readonly at: Span
}
export type ViewColumn = {
  readonly kind: 'ViewColumn'
  readonly name: Identifier
  readonly options: Options | undefined
  readonly at: Span
}
/** `AS REPLICA OF p.d.v` */
export type ReplicaOf = { readonly kind: 'ReplicaOf'; readonly path: Path; readonly at: Span }

/** CREATE [UNIQUE | SEARCH | VECTOR] INDEX */
export type CreateIndex = {
  readonly kind: 'CreateIndex'
  readonly form: 'UNIQUE' | 'SEARCH' | 'VECTOR' | 'UNIQUE SEARCH' | 'UNIQUE VECTOR' | undefined
  readonly orReplace: boolean
  readonly ifNotExists: boolean
  readonly name: Path
  readonly table: Path
  readonly alias: Identifier | undefined
  readonly unnests: readonly IndexUnnest[]
  readonly allColumns: boolean
  readonly columns: readonly IndexColumn[]
  readonly storing: readonly Expression[]
  readonly partitionBy: readonly Expression[]
  readonly options: Options | undefined
  readonly at: Span
}
export type IndexColumn = {
  readonly kind: 'IndexColumn'
  readonly item: OrderItem
  readonly options: Options | undefined
  readonly at: Span
}
export type IndexUnnest = {
  readonly kind: 'IndexUnnest'
  readonly array: Expression
  readonly alias: Identifier | undefined
  readonly offset: WithOffset | undefined
  readonly at: Span
}

export type CreateModel = {
  readonly kind: 'CreateModel'
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly inputs: readonly ColumnDefinition[]
  readonly outputs: readonly ColumnDefinition[]
  readonly transform: readonly SelectItem[]
  readonly remote: boolean
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly query: Query | undefined
  /** `AS (training_data AS (…), custom_holiday AS (…))` */
  readonly queries: readonly NamedQuery[]
  readonly at: Span
}
export type NamedQuery = {
  readonly kind: 'NamedQuery'
  readonly name: Identifier
  readonly query: Query
  readonly at: Span
}

export type CreateRowAccessPolicy = {
  readonly kind: 'CreateRowAccessPolicy'
  readonly orReplace: boolean
  readonly ifNotExists: boolean
  readonly name: Identifier | undefined
  readonly table: Path
  readonly grantees: readonly Expression[]
  readonly filter: Expression
  readonly at: Span
}

/** Objects of which a statement knows only a name and options. */
export const entityTypes = ['CAPACITY', 'RESERVATION', 'ASSIGNMENT', 'DATABASE', 'CONNECTION', 'DATA_POLICY'] as const
export type EntityType = (typeof entityTypes)[number]
export type CreateEntity = {
  readonly kind: 'CreateEntity'
  readonly type: EntityType
  readonly orReplace: boolean
  readonly ifNotExists: boolean
  readonly name: Path
  readonly options: Options | undefined
  readonly body: StringLiteral | undefined
  readonly at: Span
}

export type CreateConstant = {
  readonly kind: 'CreateConstant'
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly value: Expression
  readonly at: Span
}

/** The nodes of this file. */
export type DefinitionNode =
  | CreateSchema
  | CreateView
  | ViewColumn
  | ReplicaOf
  | CreateIndex
  | IndexColumn
  | IndexUnnest
  | CreateModel
  | NamedQuery
  | CreateRowAccessPolicy
  | CreateEntity
  | CreateConstant
