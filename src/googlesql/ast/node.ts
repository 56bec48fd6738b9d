import type {
  AddColumn,
  AddConstraint,
  Alter,
  AlterColumn,
  AlterConstraint,
  AlterRowAccessPolicy,
  ColumnPosition,
  Drop,
  DropColumn,
  DropColumnProperty,
  DropConstraint,
  DropPrimaryKey,
  DropRowAccessPolicy,
  FilterUsing,
  GrantTo,
  Rebuild,
  RenameColumn,
  RenamePolicy,
  RenameTo,
  RevokeFrom,
  SetCollate,
  SetColumnOptions,
  SetDefault,
  SetGenerated,
  SetOptions,
  SetType,
  Undrop,
} from './alteration.ts'
import type {
  AliasedArgument,
  Clamp,
  ConnectionArgument,
  DatePart,
  DescriptorArgument,
  Frame,
  FrameBound,
  FunctionCall,
  HavingExtreme,
  Lambda,
  ModelArgument,
  NamedArgument,
  Report,
  StarArgument,
  TableArgument,
  Window,
} from './call.ts'
import type {
  CreateConstant,
  CreateEntity,
  CreateIndex,
  CreateModel,
  CreateRowAccessPolicy,
  CreateSchema,
  CreateView,
  IndexColumn,
  IndexUnnest,
  NamedQuery,
  ReplicaOf,
  ViewColumn,
} from './definition.ts'
import type {
  Assignment,
  Delete,
  Insert,
  InsertRow,
  InsertRows,
  Merge,
  MergeClause,
  MergeDelete,
  MergeInsert,
  MergeUpdate,
  NestedDml,
  Returning,
  Truncate,
  Update,
} from './dml.ts'
import type {
  And,
  ArrayConstructor,
  ArraySubquery,
  Between,
  Binary,
  BinaryStep,
  Case,
  CaseBranch,
  Cast,
  ChoiceList,
  ChoiceQuery,
  ChoiceUnnest,
  Comparison,
  DefaultValue,
  ElementAccess,
  Exists,
  Extract,
  FieldAccess,
  In,
  Interval,
  Is,
  IsDistinctFrom,
  Like,
  Not,
  Or,
  PathExpression,
  Quantified,
  ScalarSubquery,
  StructConstructor,
  StructField,
  Tuple,
  Unary,
  WithBinding,
  WithExpression,
} from './expression.ts'
import type { EmptyGrouping, GroupBy, GroupingKey, GroupingSet, OrderItem } from './grouping.ts'
import type {
  BooleanLiteral,
  BytesLiteral,
  FloatLiteral,
  IntegerLiteral,
  NamedParameter,
  NullLiteral,
  PositionalParameter,
  RangeLiteral,
  StringLiteral,
  SystemVariable,
  TypedLiteral,
} from './literal.ts'
import type {
  Assert,
  BeginTransaction,
  Call,
  CommitTransaction,
  ExecuteArgument,
  ExecuteImmediate,
  ExportData,
  ExportMetadata,
  ExportModel,
  Grant,
  LoadData,
  LoadPartitions,
  Privilege,
  Revoke,
  RollbackTransaction,
} from './movement.ts'
import type { Identifier, OptionEntry, Options, Path } from './name.ts'
import type {
  PipeAggregate,
  PipeAggregateItem,
  PipeAs,
  PipeAssert,
  PipeAssignment,
  PipeCall,
  PipeDistinct,
  PipeDrop,
  PipeExtend,
  PipeJoin,
  PipeLimit,
  PipeMatchRecognize,
  PipeOrderBy,
  PipePivot,
  PipeRecursiveUnion,
  PipeRename,
  PipeRenaming,
  PipeSelect,
  PipeSet,
  PipeSetOperation,
  PipeTableSample,
  PipeUnpivot,
  PipeWhere,
  PipeWindow,
  PipeWith,
  Subpipeline,
} from './pipe.ts'
import type {
  CommonTable,
  ExpressionItem,
  FromQuery,
  Limit,
  NamedWindow,
  NestedQuery,
  Query,
  RecursionDepth,
  Select,
  SelectModifier,
  SetOperation,
  SetOperator,
  SetStep,
  StarItem,
  WithClause,
} from './query.ts'
import type {
  CreateFunction,
  CreateProcedure,
  CreateTableFunction,
  Parameter,
  TableType,
  TableTypeColumn,
  TemplatedType,
} from './routine.ts'
import type {
  Block,
  Break,
  CaseStatement,
  Continue,
  Declare,
  ExceptionHandler,
  ForIn,
  If,
  Loop,
  Raise,
  Repeat,
  Return,
  Script,
  ScriptBranch,
  SetVariable,
  StatementList,
  While,
} from './script.ts'
import type { QueryStatement } from './statement.ts'
import type {
  Join,
  JoinChain,
  MatchRecognize,
  Measure,
  ParenthesizedJoin,
  PatternAnchor,
  PatternChoice,
  PatternDefinition,
  PatternName,
  PatternRepeat,
  PatternSequence,
  Pivot,
  PivotItem,
  SampleWeight,
  SubqueryReference,
  TableFunction,
  TableReference,
  TableSample,
  UnnestArray,
  UnnestReference,
  Unpivot,
  UnpivotGroup,
  WithOffset,
} from './table.ts'
import type {
  ArrayColumn,
  Check,
  CloneSource,
  ColumnDefinition,
  ColumnForeignKey,
  ColumnPrimaryKey,
  ColumnSchema,
  Connection,
  CreateTable,
  ForeignKey,
  Generated,
  Hidden,
  IdentityColumn,
  KeyColumn,
  NotNull,
  PartitionColumns,
  PrimaryKey,
  RangeColumn,
  Reference,
  StructColumn,
  StructColumnField,
} from './table-definition.ts'
import type { ArrayType, NamedType, RangeType, StructType, StructTypeField, TypeParameter } from './type.ts'

/** Every node of the tree. The union is closed: what has no node here does not parse. */
export type Node =
  | AddColumn
  | AddConstraint
  | AliasedArgument
  | Alter
  | AlterColumn
  | AlterConstraint
  | AlterRowAccessPolicy
  | And
  | ArrayColumn
  | ArrayConstructor
  | ArraySubquery
  | ArrayType
  | Assert
  | Assignment
  | BeginTransaction
  | Between
  | Binary
  | BinaryStep
  | Block
  | BooleanLiteral
  | Break
  | BytesLiteral
  | Call
  | Case
  | CaseBranch
  | CaseStatement
  | Cast
  | Check
  | ChoiceList
  | ChoiceQuery
  | ChoiceUnnest
  | Clamp
  | CloneSource
  | ColumnDefinition
  | ColumnForeignKey
  | ColumnPosition
  | ColumnPrimaryKey
  | ColumnSchema
  | CommitTransaction
  | CommonTable
  | Comparison
  | Connection
  | ConnectionArgument
  | Continue
  | CreateConstant
  | CreateEntity
  | CreateFunction
  | CreateIndex
  | CreateModel
  | CreateProcedure
  | CreateRowAccessPolicy
  | CreateSchema
  | CreateTable
  | CreateTableFunction
  | CreateView
  | DatePart
  | Declare
  | DefaultValue
  | Delete
  | DescriptorArgument
  | Drop
  | DropColumn
  | DropColumnProperty
  | DropConstraint
  | DropPrimaryKey
  | DropRowAccessPolicy
  | ElementAccess
  | EmptyGrouping
  | ExceptionHandler
  | ExecuteArgument
  | ExecuteImmediate
  | Exists
  | ExportData
  | ExportMetadata
  | ExportModel
  | ExpressionItem
  | Extract
  | FieldAccess
  | FilterUsing
  | FloatLiteral
  | ForIn
  | ForeignKey
  | Frame
  | FrameBound
  | FromQuery
  | FunctionCall
  | Generated
  | Grant
  | GrantTo
  | GroupBy
  | GroupingKey
  | GroupingSet
  | HavingExtreme
  | Hidden
  | Identifier
  | IdentityColumn
  | If
  | In
  | IndexColumn
  | IndexUnnest
  | Insert
  | InsertRow
  | InsertRows
  | IntegerLiteral
  | Interval
  | Is
  | IsDistinctFrom
  | Join
  | JoinChain
  | KeyColumn
  | Lambda
  | Like
  | Limit
  | LoadData
  | LoadPartitions
  | Loop
  | MatchRecognize
  | Measure
  | Merge
  | MergeClause
  | MergeDelete
  | MergeInsert
  | MergeUpdate
  | ModelArgument
  | NamedArgument
  | NamedParameter
  | NamedQuery
  | NamedType
  | NamedWindow
  | NestedDml
  | NestedQuery
  | Not
  | NotNull
  | NullLiteral
  | OptionEntry
  | Options
  | Or
  | OrderItem
  | Parameter
  | ParenthesizedJoin
  | PartitionColumns
  | Path
  | PathExpression
  | PatternAnchor
  | PatternChoice
  | PatternDefinition
  | PatternName
  | PatternRepeat
  | PatternSequence
  | PipeAggregate
  | PipeAggregateItem
  | PipeAs
  | PipeAssert
  | PipeAssignment
  | PipeCall
  | PipeDistinct
  | PipeDrop
  | PipeExtend
  | PipeJoin
  | PipeLimit
  | PipeMatchRecognize
  | PipeOrderBy
  | PipePivot
  | PipeRecursiveUnion
  | PipeRename
  | PipeRenaming
  | PipeSelect
  | PipeSet
  | PipeSetOperation
  | PipeTableSample
  | PipeUnpivot
  | PipeWhere
  | PipeWindow
  | PipeWith
  | Pivot
  | PivotItem
  | PositionalParameter
  | PrimaryKey
  | Privilege
  | Quantified
  | Query
  | QueryStatement
  | Raise
  | RangeColumn
  | RangeLiteral
  | RangeType
  | Rebuild
  | RecursionDepth
  | Reference
  | RenameColumn
  | RenamePolicy
  | RenameTo
  | Repeat
  | ReplicaOf
  | Report
  | Return
  | Returning
  | Revoke
  | RevokeFrom
  | RollbackTransaction
  | SampleWeight
  | ScalarSubquery
  | Script
  | ScriptBranch
  | Select
  | SelectModifier
  | SetCollate
  | SetColumnOptions
  | SetDefault
  | SetGenerated
  | SetOperation
  | SetOperator
  | SetOptions
  | SetStep
  | SetType
  | SetVariable
  | StarArgument
  | StarItem
  | StatementList
  | StringLiteral
  | StructColumn
  | StructColumnField
  | StructConstructor
  | StructField
  | StructType
  | StructTypeField
  | Subpipeline
  | SubqueryReference
  | SystemVariable
  | TableArgument
  | TableFunction
  | TableReference
  | TableSample
  | TableType
  | TableTypeColumn
  | TemplatedType
  | Truncate
  | Tuple
  | TypeParameter
  | TypedLiteral
  | Unary
  | Undrop
  | UnnestArray
  | UnnestReference
  | Unpivot
  | UnpivotGroup
  | Update
  | ViewColumn
  | While
  | Window
  | WithBinding
  | WithClause
  | WithExpression
  | WithOffset

export type Kind = Node['kind']
export type NodeOf<K extends Kind> = Extract<Node, { readonly kind: K }>
