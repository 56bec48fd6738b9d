import type { Expression } from './expression.ts'
import type { NamedParameter, SystemVariable } from './literal.ts'
import type { Identifier } from './name.ts'
import type { Query } from './query.ts'
import type { Span } from './span.ts'
import type { Statement } from './statement.ts'
import type { Type } from './type.ts'

/** Everything a request sent, however many statements it has. */
export type Script = { readonly kind: 'Script'; readonly statements: readonly Statement[]; readonly at: Span }

export type Declare = {
  readonly kind: 'Declare'
  readonly names: readonly Identifier[]
  readonly type: Type | undefined
  readonly default: Expression | undefined
  readonly at: Span
}

/** `SET x = 1`, `SET (a, b) = (1, 2)`, `SET @@var = 1` */
export type SetVariable = {
  readonly kind: 'SetVariable'
  readonly targets: readonly SetTarget[]
  readonly tuple: boolean
  readonly value: Expression
  readonly at: Span
}
export type SetTarget = Identifier | SystemVariable | NamedParameter

/** `BEGIN … EXCEPTION WHEN ERROR THEN … END` */
export type Block = {
  readonly kind: 'Block'
  readonly label: Identifier | undefined
  readonly statements: readonly Statement[]
  readonly handler: ExceptionHandler | undefined
  readonly at: Span
}
export type ExceptionHandler = {
  readonly kind: 'ExceptionHandler'
  readonly statements: readonly Statement[]
  readonly at: Span
}

export type If = {
  readonly kind: 'If'
  readonly branches: readonly ScriptBranch[]
  readonly otherwise: StatementList | undefined
  readonly at: Span
}
export type CaseStatement = {
  readonly kind: 'CaseStatement'
  readonly operand: Expression | undefined
  readonly branches: readonly ScriptBranch[]
  readonly otherwise: StatementList | undefined
  readonly at: Span
}
export type ScriptBranch = {
  readonly kind: 'ScriptBranch'
  readonly when: Expression
  readonly statements: readonly Statement[]
  readonly at: Span
}
export type StatementList = {
  readonly kind: 'StatementList'
  readonly statements: readonly Statement[]
  readonly at: Span
}

export type Loop = {
  readonly kind: 'Loop'
  readonly label: Identifier | undefined
  readonly statements: readonly Statement[]
  readonly at: Span
}
export type While = {
  readonly kind: 'While'
  readonly label: Identifier | undefined
  readonly condition: Expression
  readonly statements: readonly Statement[]
  readonly at: Span
}
export type Repeat = {
  readonly kind: 'Repeat'
  readonly label: Identifier | undefined
  readonly statements: readonly Statement[]
  readonly until: Expression
  readonly at: Span
}
export type ForIn = {
  readonly kind: 'ForIn'
  readonly label: Identifier | undefined
  readonly variable: Identifier
  readonly query: Query
  readonly statements: readonly Statement[]
  readonly at: Span
}

/** BREAK and LEAVE */
export type Break = { readonly kind: 'Break'; readonly label: Identifier | undefined; readonly at: Span }
/** CONTINUE and ITERATE */
export type Continue = { readonly kind: 'Continue'; readonly label: Identifier | undefined; readonly at: Span }
export type Return = { readonly kind: 'Return'; readonly at: Span }
export type Raise = { readonly kind: 'Raise'; readonly message: Expression | undefined; readonly at: Span }

/** The nodes of this file. */
export type ScriptNode =
  | Script
  | Declare
  | SetVariable
  | Block
  | ExceptionHandler
  | If
  | CaseStatement
  | ScriptBranch
  | StatementList
  | Loop
  | While
  | Repeat
  | ForIn
  | Break
  | Continue
  | Return
  | Raise
