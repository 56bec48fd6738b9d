import type { Expression } from './expression.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Parameter } from './routine.ts'
import type { Span } from './span.ts'
import type { ColumnDefinition, ColumnSchema, Generated, TableElement } from './table-definition.ts'

export const objectTypes = [
  'TABLE',
  'EXTERNAL TABLE',
  'SNAPSHOT TABLE',
  'VIEW',
  'MATERIALIZED VIEW',
  'APPROX VIEW',
  'SCHEMA',
  'EXTERNAL SCHEMA',
  'FUNCTION',
  'TABLE FUNCTION',
  'PROCEDURE',
  'MODEL',
  'INDEX',
  'SEARCH INDEX',
  'VECTOR INDEX',
  'CONSTANT',
  'CAPACITY',
  'BI_CAPACITY',
  'RESERVATION',
  'ASSIGNMENT',
  'ORGANIZATION',
  'PROJECT',
  'DATABASE',
  'CONNECTION',
  'DATA_POLICY',
  'PROPERTY GRAPH',
] as const
/** Kinds of object that DROP, ALTER, GRANT and REVOKE name. */
export type ObjectType = (typeof objectTypes)[number]

export type Drop = {
  readonly kind: 'Drop'
  readonly object: ObjectType
  readonly ifExists: boolean
  readonly name: Path
  /** The signature of a function, if it is given. */
  readonly parameters: readonly Parameter[] | undefined
  /** The table of an index. */
  readonly on: Path | undefined
  readonly mode: 'CASCADE' | 'RESTRICT' | undefined
  readonly at: Span
}
/** Without a name it is DROP ALL ROW ACCESS POLICIES. */
export type DropRowAccessPolicy = {
  readonly kind: 'DropRowAccessPolicy'
  readonly ifExists: boolean
  readonly name: Identifier | undefined
  readonly table: Path
  readonly at: Span
}
export type Undrop = {
  readonly kind: 'Undrop'
  readonly object: ObjectType
  readonly ifNotExists: boolean
  readonly name: Path
  readonly systemTime: Expression | undefined
  readonly options: Options | undefined
  readonly at: Span
}

export type Alter = {
  readonly kind: 'Alter'
  readonly object: ObjectType
  readonly ifExists: boolean
  /** An organization and a project may go without. */
  readonly name: Path | undefined
  /** The table of an index. */
  readonly on: Path | undefined
  readonly actions: readonly AlterAction[]
  readonly at: Span
}
/** Without a name it is ALTER ALL ROW ACCESS POLICIES. */
export type AlterRowAccessPolicy = {
  readonly kind: 'AlterRowAccessPolicy'
  readonly ifExists: boolean
  readonly name: Identifier | undefined
  readonly table: Path
  readonly actions: readonly RowAccessPolicyAction[]
  readonly at: Span
}

export type AlterAction =
  | SetOptions
  | SetCollate
  | RenameTo
  | AddColumn
  | DropColumn
  | RenameColumn
  | AlterColumn
  | AddConstraint
  | DropConstraint
  | AlterConstraint
  | DropPrimaryKey
  | Rebuild
  | AddReplica
  | DropReplica

export type SetOptions = { readonly kind: 'SetOptions'; readonly options: Options; readonly at: Span }
export type SetCollate = { readonly kind: 'SetCollate'; readonly collate: Expression; readonly at: Span }
export type RenameTo = { readonly kind: 'RenameTo'; readonly name: Path; readonly at: Span }
export type AddColumn = {
  readonly kind: 'AddColumn'
  readonly ifNotExists: boolean
  readonly column: ColumnDefinition
  readonly position: ColumnPosition | undefined
  readonly fill: Expression | undefined
  readonly at: Span
}
export type ColumnPosition = {
  readonly kind: 'ColumnPosition'
  readonly side: 'PRECEDING' | 'FOLLOWING'
  readonly column: Identifier
  readonly at: Span
}
export type DropColumn = {
  readonly kind: 'DropColumn'
  readonly ifExists: boolean
  readonly name: Identifier
  readonly at: Span
}
export type RenameColumn = {
  readonly kind: 'RenameColumn'
  readonly ifExists: boolean
  readonly from: Identifier
  readonly to: Identifier
  readonly at: Span
}
export type AlterColumn = {
  readonly kind: 'AlterColumn'
  readonly ifExists: boolean
  readonly name: Identifier
  readonly change: ColumnChange
  readonly at: Span
}
export type ColumnChange = SetType | SetColumnOptions | SetDefault | DropColumnProperty | SetGenerated
export type SetType = { readonly kind: 'SetType'; readonly schema: ColumnSchema; readonly at: Span }
export type SetColumnOptions = { readonly kind: 'SetColumnOptions'; readonly options: Options; readonly at: Span }
export type SetDefault = { readonly kind: 'SetDefault'; readonly value: Expression; readonly at: Span }
export type SetGenerated = { readonly kind: 'SetGenerated'; readonly generated: Generated; readonly at: Span }
export type DropColumnProperty = {
  readonly kind: 'DropColumnProperty'
  readonly property: 'DEFAULT' | 'NOT NULL' | 'GENERATED'
  readonly at: Span
}
export type AddConstraint = {
  readonly kind: 'AddConstraint'
  readonly ifNotExists: boolean
  readonly constraint: TableElement
  readonly at: Span
}
export type DropConstraint = {
  readonly kind: 'DropConstraint'
  readonly ifExists: boolean
  readonly name: Identifier
  readonly at: Span
}
export type AlterConstraint = {
  readonly kind: 'AlterConstraint'
  readonly ifExists: boolean
  readonly name: Identifier
  readonly enforced: boolean | undefined
  readonly options: Options | undefined
  readonly at: Span
}
export type DropPrimaryKey = { readonly kind: 'DropPrimaryKey'; readonly ifExists: boolean; readonly at: Span }
export type Rebuild = { readonly kind: 'Rebuild'; readonly at: Span }
/** A copy of a dataset in another region. */
export type AddReplica = {
  readonly kind: 'AddReplica'
  readonly name: Identifier
  readonly options: Options | undefined
  readonly at: Span
}
export type DropReplica = { readonly kind: 'DropReplica'; readonly name: Identifier; readonly at: Span }

export type RowAccessPolicyAction = GrantTo | RevokeFrom | FilterUsing | RenamePolicy
export type GrantTo = { readonly kind: 'GrantTo'; readonly grantees: readonly Expression[]; readonly at: Span }
/** Without grantees it is REVOKE FROM ALL. */
export type RevokeFrom = { readonly kind: 'RevokeFrom'; readonly grantees: readonly Expression[]; readonly at: Span }
export type FilterUsing = { readonly kind: 'FilterUsing'; readonly filter: Expression; readonly at: Span }
export type RenamePolicy = { readonly kind: 'RenamePolicy'; readonly name: Identifier; readonly at: Span }

/** The nodes of this file. */
export type AlterationNode =
  | Drop
  | DropRowAccessPolicy
  | Undrop
  | Alter
  | AlterRowAccessPolicy
  | SetOptions
  | SetCollate
  | RenameTo
  | AddColumn
  | ColumnPosition
  | DropColumn
  | RenameColumn
  | AlterColumn
  | SetType
  | SetColumnOptions
  | SetDefault
  | SetGenerated
  | DropColumnProperty
  | AddConstraint
  | DropConstraint
  | AlterConstraint
  | DropPrimaryKey
  | Rebuild
  | AddReplica
  | DropReplica
  | GrantTo
  | RevokeFrom
  | FilterUsing
  | RenamePolicy
