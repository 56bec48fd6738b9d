import type { Expression } from './expression.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Query } from './query.ts'
import type { Span } from './span.ts'
import type { NamedType } from './type.ts'

export type Scope = 'TEMP' | 'PUBLIC' | 'PRIVATE'

/** CREATE [EXTERNAL | SNAPSHOT] TABLE in all its forms. */
export type CreateTable = {
  readonly kind: 'CreateTable'
  readonly form: 'EXTERNAL' | 'SNAPSHOT' | undefined
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly elements: readonly TableElement[] | undefined
  readonly like: Path | undefined
  readonly clone: CloneSource | undefined
  readonly copy: CloneSource | undefined
  readonly collate: Expression | undefined
  readonly partitionBy: readonly Expression[]
  readonly clusterBy: readonly Expression[]
  readonly partitionColumns: PartitionColumns | undefined
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly query: Query | undefined
  readonly at: Span
}

/** `CLONE t FOR SYSTEM_TIME AS OF …` */
export type CloneSource = {
  readonly kind: 'CloneSource'
  readonly path: Path
  readonly systemTime: Expression | undefined
  readonly where: Expression | undefined
  readonly at: Span
}
/** `WITH PARTITION COLUMNS [(…)]` */
export type PartitionColumns = {
  readonly kind: 'PartitionColumns'
  readonly columns: readonly TableElement[]
  readonly at: Span
}
/** `WITH CONNECTION c`; without a path it is DEFAULT. */
export type Connection = { readonly kind: 'Connection'; readonly path: Path | undefined; readonly at: Span }

export type TableElement = ColumnDefinition | PrimaryKey | ForeignKey | Check

export type ColumnDefinition = {
  readonly kind: 'ColumnDefinition'
  readonly name: Identifier
  readonly schema: ColumnSchema
  readonly at: Span
}

/** A column's type with what may follow it, at any depth of ARRAY and STRUCT. Only a generated column may lack the type. */
export type ColumnSchema = {
  readonly kind: 'ColumnSchema'
  readonly type: ColumnBaseType | undefined
  readonly default: Expression | undefined
  readonly generated: Generated | undefined
  readonly attributes: readonly ColumnAttribute[]
  readonly options: Options | undefined
  readonly at: Span
}
export type ColumnBaseType = NamedType | ArrayColumn | RangeColumn | StructColumn
export type ArrayColumn = { readonly kind: 'ArrayColumn'; readonly element: ColumnSchema; readonly at: Span }
export type RangeColumn = { readonly kind: 'RangeColumn'; readonly element: ColumnSchema; readonly at: Span }
export type StructColumn = {
  readonly kind: 'StructColumn'
  readonly fields: readonly StructColumnField[]
  readonly at: Span
}
export type StructColumnField = {
  readonly kind: 'StructColumnField'
  readonly name: Identifier | undefined
  readonly schema: ColumnSchema
  readonly at: Span
}

/** `GENERATED ALWAYS AS (…) STORED`, `AS (…)`, or an identity. */
export type Generated = {
  readonly kind: 'Generated'
  readonly mode: 'ALWAYS' | 'BY DEFAULT' | undefined
  readonly value: Expression | undefined
  readonly identity: IdentityColumn | undefined
  readonly stored: 'STORED' | 'STORED VOLATILE' | undefined
  readonly at: Span
}
export type IdentityColumn = {
  readonly kind: 'IdentityColumn'
  readonly startWith: Expression | undefined
  readonly incrementBy: Expression | undefined
  readonly maxValue: Expression | undefined
  readonly minValue: Expression | undefined
  readonly cycle: boolean | undefined
  readonly at: Span
}

export type ColumnAttribute = NotNull | Hidden | ColumnPrimaryKey | ColumnForeignKey
export type NotNull = { readonly kind: 'NotNull'; readonly at: Span }
export type Hidden = { readonly kind: 'Hidden'; readonly at: Span }
export type ColumnPrimaryKey = {
  readonly kind: 'ColumnPrimaryKey'
  readonly enforced: boolean | undefined
  readonly at: Span
}
export type ColumnForeignKey = {
  readonly kind: 'ColumnForeignKey'
  readonly name: Identifier | undefined
  readonly references: Reference
  readonly enforced: boolean | undefined
  readonly at: Span
}

export type PrimaryKey = {
  readonly kind: 'PrimaryKey'
  readonly name: Identifier | undefined
  readonly columns: readonly Identifier[]
  readonly enforced: boolean | undefined
  readonly options: Options | undefined
  readonly at: Span
}
export type ForeignKey = {
  readonly kind: 'ForeignKey'
  readonly name: Identifier | undefined
  readonly columns: readonly Identifier[]
  readonly references: Reference
  readonly enforced: boolean | undefined
  readonly options: Options | undefined
  readonly at: Span
}
export type ReferentialAction = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL'
export type Reference = {
  readonly kind: 'Reference'
  readonly table: Path
  readonly columns: readonly Identifier[]
  readonly match: 'SIMPLE' | 'FULL' | 'NOT DISTINCT' | undefined
  readonly onUpdate: ReferentialAction | undefined
  readonly onDelete: ReferentialAction | undefined
  readonly at: Span
}
export type Check = {
  readonly kind: 'Check'
  readonly name: Identifier | undefined
  readonly condition: Expression
  readonly enforced: boolean | undefined
  readonly options: Options | undefined
  readonly at: Span
}

/** The nodes of this file. */
export type TableDefinitionNode =
  | CreateTable
  | CloneSource
  | PartitionColumns
  | Connection
  | ColumnDefinition
  | ColumnSchema
  | ArrayColumn
  | RangeColumn
  | StructColumn
  | StructColumnField
  | Generated
  | IdentityColumn
  | NotNull
  | Hidden
  | ColumnPrimaryKey
  | ColumnForeignKey
  | PrimaryKey
  | ForeignKey
  | Reference
  | Check
