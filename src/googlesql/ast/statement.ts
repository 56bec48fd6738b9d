import type { Alter, AlterRowAccessPolicy, Drop, DropRowAccessPolicy, Undrop } from './alteration.ts'
import type {
  CreateConstant,
  CreateEntity,
  CreateIndex,
  CreateModel,
  CreateRowAccessPolicy,
  CreateSchema,
  CreateView,
} from './definition.ts'
import type { Delete, Insert, Merge, Truncate, Update } from './dml.ts'
import type { HintedStatement } from './foreign.ts'
import type {
  Assert,
  BeginTransaction,
  Call,
  CommitTransaction,
  ExecuteImmediate,
  ExportData,
  ExportMetadata,
  ExportModel,
  Grant,
  LoadData,
  Revoke,
  RollbackTransaction,
  SetTransaction,
} from './movement.ts'
import type { CreatePropertyGraph } from './property-graph.ts'
import type { Query } from './query.ts'
import type { CreateFunction, CreateProcedure, CreateTableFunction } from './routine.ts'
import type {
  Block,
  Break,
  CaseStatement,
  Continue,
  Declare,
  ForIn,
  If,
  Loop,
  Raise,
  Repeat,
  Return,
  SetVariable,
  While,
} from './script.ts'
import type { Span } from './span.ts'
import type { CreateTable } from './table-definition.ts'

export type QueryStatement = { readonly kind: 'QueryStatement'; readonly query: Query; readonly at: Span }

export type Dml = Insert | Update | Delete | Merge | Truncate

export type Ddl =
  | CreateSchema
  | CreateTable
  | CreateView
  | CreateIndex
  | CreateModel
  | CreateFunction
  | CreateTableFunction
  | CreateProcedure
  | CreateRowAccessPolicy
  | CreateEntity
  | CreateConstant
  | CreatePropertyGraph
  | Drop
  | DropRowAccessPolicy
  | Undrop
  | Alter
  | AlterRowAccessPolicy

export type Dcl = Grant | Revoke

export type Movement = ExportData | ExportModel | ExportMetadata | LoadData

export type Procedural =
  | Declare
  | SetVariable
  | Block
  | If
  | CaseStatement
  | Loop
  | While
  | Repeat
  | ForIn
  | Break
  | Continue
  | Return
  | Raise
  | Call
  | ExecuteImmediate
  | Assert

export type Transaction = BeginTransaction | SetTransaction | CommitTransaction | RollbackTransaction

export type Statement = QueryStatement | Dml | Ddl | Dcl | Movement | Procedural | Transaction | HintedStatement

/** The nodes of this file. */
export type StatementNode = QueryStatement
