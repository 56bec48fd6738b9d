import type { ObjectType } from './alteration.ts'
import type { Argument } from './call.ts'
import type { Expression } from './expression.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Query } from './query.ts'
import type { Span } from './span.ts'
import type { Connection, PartitionColumns, TableElement } from './table-definition.ts'

export type Grant = {
  readonly kind: 'Grant'
  /** None means ALL [PRIVILEGES]. */
  readonly privileges: readonly Privilege[]
  readonly object: ObjectType | undefined
  /** A kind of object of one word or two that BigQuery does not have. */
  readonly otherObject?: readonly Identifier[]
  readonly name: Path
  readonly grantees: readonly Expression[]
  readonly at: Span
}
export type Revoke = {
  readonly kind: 'Revoke'
  readonly privileges: readonly Privilege[]
  readonly object: ObjectType | undefined
  /** A kind of object of one word or two that BigQuery does not have. */
  readonly otherObject?: readonly Identifier[]
  readonly name: Path
  readonly grantees: readonly Expression[]
  readonly at: Span
}
/** In BigQuery a role in backticks; elsewhere a word, perhaps with columns. */
export type Privilege = {
  readonly kind: 'Privilege'
  readonly name: Identifier
  readonly columns: readonly Path[]
  readonly at: Span
}

export type ExportData = {
  readonly kind: 'ExportData'
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly query: Query
  readonly at: Span
}
export type ExportModel = {
  readonly kind: 'ExportModel'
  readonly name: Path
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly at: Span
}
export type ExportMetadata = {
  readonly kind: 'ExportMetadata'
  readonly object: 'TABLE'
  readonly name: Path
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly at: Span
}

export type LoadData = {
  readonly kind: 'LoadData'
  readonly mode: 'INTO' | 'OVERWRITE'
  readonly temporary: boolean
  readonly name: Path
  readonly elements: readonly TableElement[] | undefined
  /** `[OVERWRITE] PARTITIONS (condition)` */
  readonly partitions: LoadPartitions | undefined
  readonly partitionBy: readonly Expression[]
  readonly clusterBy: readonly Expression[]
  readonly options: Options | undefined
  readonly files: Options
  readonly partitionColumns: PartitionColumns | undefined
  readonly connection: Connection | undefined
  readonly at: Span
}
export type LoadPartitions = {
  readonly kind: 'LoadPartitions'
  readonly overwrite: boolean
  readonly condition: Expression
  readonly at: Span
}

export type Call = {
  readonly kind: 'Call'
  readonly name: Path
  readonly args: readonly Argument[]
  readonly at: Span
}

export type ExecuteImmediate = {
  readonly kind: 'ExecuteImmediate'
  readonly sql: Expression
  readonly into: readonly Identifier[]
  readonly using: readonly ExecuteArgument[]
  readonly at: Span
}
export type ExecuteArgument = {
  readonly kind: 'ExecuteArgument'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly at: Span
}

export type Assert = {
  readonly kind: 'Assert'
  readonly condition: Expression
  readonly message: string | undefined
  readonly at: Span
}

export type BeginTransaction = {
  readonly kind: 'BeginTransaction'
  readonly modes: readonly TransactionMode[]
  readonly at: Span
}
/** `SET TRANSACTION mode, …` */
export type SetTransaction = {
  readonly kind: 'SetTransaction'
  readonly modes: readonly TransactionMode[]
  readonly at: Span
}
/** The words of a level are there only for ISOLATION LEVEL. */
export type TransactionMode = {
  readonly kind: 'TransactionMode'
  readonly mode: 'READ ONLY' | 'READ WRITE' | 'ISOLATION LEVEL'
  readonly level: readonly Identifier[]
  readonly at: Span
}
export type CommitTransaction = { readonly kind: 'CommitTransaction'; readonly at: Span }
export type RollbackTransaction = { readonly kind: 'RollbackTransaction'; readonly at: Span }

/** The nodes of this file. */
export type MovementNode =
  | Grant
  | Revoke
  | Privilege
  | ExportData
  | ExportModel
  | ExportMetadata
  | LoadData
  | LoadPartitions
  | Call
  | ExecuteImmediate
  | ExecuteArgument
  | Assert
  | BeginTransaction
  | SetTransaction
  | TransactionMode
  | CommitTransaction
  | RollbackTransaction
