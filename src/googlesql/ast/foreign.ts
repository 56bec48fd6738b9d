import type { UpdateItem } from './dml.ts'
import type { Expression } from './expression.ts'
import type { Identifier, Path } from './name.ts'
import type { Span } from './span.ts'
import type { Statement } from './statement.ts'
import type { TableFunction } from './table.ts'
import type { NamedType, StructType, Type } from './type.ts'

/** `@5`, `@{name = value}`, `@5 @{name = value}`: advice to an engine. No field of it is there where none is written. */
export type Hint = {
  readonly kind: 'Hint'
  readonly shards: Expression | undefined
  readonly entries: readonly HintEntry[]
  readonly at: Span
}
/** `engine.name = value` */
export type HintEntry = {
  readonly kind: 'HintEntry'
  readonly engine: Identifier | undefined
  readonly name: Identifier
  readonly value: Expression
  readonly at: Span
}
/** What a node is made of that may be hinted. */
export type Hinted = { readonly hint?: Hint }

export type HintedStatement = {
  readonly kind: 'HintedStatement'
  readonly hint: Hint
  readonly statement: Statement
  readonly at: Span
}

/** `NEW a.b.Message(1 AS field, 2 AS (extension.path))` */
export type NewConstructor = {
  readonly kind: 'NewConstructor'
  readonly type: NamedType
  readonly args: readonly NewArgument[]
  readonly at: Span
}
export type NewArgument = {
  readonly kind: 'NewArgument'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly extension: Path | undefined
  readonly at: Span
}

/** `{field: 1 other {…}}`, behind NEW with a type, behind STRUCT, or alone. */
export type BracedConstructor = {
  readonly kind: 'BracedConstructor'
  readonly of: 'NEW' | 'STRUCT' | undefined
  readonly type: NamedType | StructType | undefined
  readonly fields: readonly BracedField[]
  readonly at: Span
}
export type BracedField = {
  readonly kind: 'BracedField'
  /** A path, behind which fields, elements and extensions may follow, or an extension. */
  readonly field: Expression
  readonly update: '*' | '?' | undefined
  /** A braced constructor takes no colon, and means the same with one. */
  readonly value: Expression
  readonly at: Span
}
/** `message.(a.b.extension)`; a field of a constructor may begin with one, which has no target. */
export type ExtensionAccess = {
  readonly kind: 'ExtensionAccess'
  readonly target: Expression | undefined
  readonly path: Path
  readonly at: Span
}

/** `TABLE f(…)` */
export type TableCallArgument = { readonly kind: 'TableCallArgument'; readonly call: TableFunction; readonly at: Span }
/** `INPUT TABLE`, the table of a pipe. */
export type InputTableArgument = { readonly kind: 'InputTableArgument'; readonly at: Span }

/** `value AS a.b`, what a field of a message is replaced by. */
export type ReplacedField = {
  readonly kind: 'ReplacedField'
  readonly value: Expression
  /** As a field of a braced constructor is named. */
  readonly field: Expression
  readonly at: Span
}

/** `ON CONFLICT (a) DO UPDATE SET …`, or DO NOTHING, which has no items. */
export type OnConflict = {
  readonly kind: 'OnConflict'
  readonly columns: readonly Identifier[]
  /** `ON UNIQUE CONSTRAINT name` */
  readonly constraint: Identifier | undefined
  readonly items: readonly UpdateItem[]
  readonly where: Expression | undefined
  readonly at: Span
}

/** `MAP<STRING, INT64>` */
export type MapType = { readonly kind: 'MapType'; readonly key: Type; readonly value: Type; readonly at: Span }

/** `FUNCTION<(INT64, STRING) -> BOOL>` */
export type FunctionType = {
  readonly kind: 'FunctionType'
  readonly parameters: readonly Type[]
  readonly returns: Type
  readonly at: Span
}

/** Expressions that BigQuery lacks. */
export type ForeignExpression = NewConstructor | BracedConstructor | ExtensionAccess

/** The nodes of this file: GoogleSQL has them and BigQuery does not. */
export type ForeignNode =
  | Hint
  | HintEntry
  | HintedStatement
  | NewConstructor
  | NewArgument
  | BracedConstructor
  | BracedField
  | ExtensionAccess
  | TableCallArgument
  | InputTableArgument
  | ReplacedField
  | OnConflict
  | FunctionType
  | MapType
