import type { Expression } from './expression.ts'
import type { StringLiteral } from './literal.ts'
import type { Identifier, Options, Path } from './name.ts'
import type { Query } from './query.ts'
import type { Block } from './script.ts'
import type { Span } from './span.ts'
import type { Connection, Scope } from './table-definition.ts'
import type { Type } from './type.ts'

export type Determinism = 'DETERMINISTIC' | 'NOT DETERMINISTIC' | 'IMMUTABLE' | 'STABLE' | 'VOLATILE'
export type Security = 'INVOKER' | 'DEFINER'

export type CreateFunction = {
  readonly kind: 'CreateFunction'
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly aggregate: boolean
  readonly ifNotExists: boolean
  readonly name: Path
  readonly parameters: readonly Parameter[]
  readonly returns: Type | undefined
  readonly security: Security | undefined
  readonly determinism: Determinism | undefined
  readonly language: Identifier | undefined
  readonly remote: boolean
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  /** A SQL expression, or the text of a program in `language`. */
  readonly body: Expression | undefined
  /** A text without a language, or an expression behind one. */
  readonly hasOtherBody?: true
  readonly at: Span
}

export type CreateTableFunction = {
  readonly kind: 'CreateTableFunction'
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly parameters: readonly Parameter[]
  readonly returns: TableType | undefined
  readonly security: Security | undefined
  readonly language: Identifier | undefined
  readonly options: Options | undefined
  readonly body: Query | StringLiteral | undefined
  readonly at: Span
}

export type CreateProcedure = {
  readonly kind: 'CreateProcedure'
  readonly orReplace: boolean
  readonly scope: Scope | undefined
  readonly ifNotExists: boolean
  readonly name: Path
  readonly parameters: readonly Parameter[]
  readonly security: Security | undefined
  readonly connection: Connection | undefined
  readonly options: Options | undefined
  readonly language: Identifier | undefined
  readonly body: Block | StringLiteral | undefined
  readonly at: Span
}

export type Parameter = {
  readonly kind: 'Parameter'
  readonly mode: 'IN' | 'OUT' | 'INOUT' | undefined
  readonly name: Identifier | undefined
  readonly type: Type | TemplatedType | TableType
  readonly default: Expression | undefined
  readonly notAggregate: boolean
  readonly alias?: Identifier
  readonly at: Span
}

/** `ANY TYPE`, `ANY TABLE` and their like */
export type TemplatedType = {
  readonly kind: 'TemplatedType'
  readonly of: 'TYPE' | 'TABLE' | 'MODEL' | 'CONNECTION' | 'PROTO' | 'ENUM' | 'STRUCT' | 'ARRAY'
  readonly at: Span
}
/** `TABLE<a INT64, b STRING>` */
export type TableType = {
  readonly kind: 'TableType'
  readonly columns: readonly TableTypeColumn[]
  readonly at: Span
}
export type TableTypeColumn = {
  readonly kind: 'TableTypeColumn'
  readonly name: Identifier | undefined
  readonly type: Type
  readonly at: Span
}

/** The nodes of this file. */
export type RoutineNode =
  | CreateFunction
  | CreateTableFunction
  | CreateProcedure
  | Parameter
  | TemplatedType
  | TableType
  | TableTypeColumn
