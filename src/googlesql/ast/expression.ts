import type { DatePart, FunctionCall } from './call.ts'
import type { ForeignExpression, Hinted } from './foreign.ts'
import type { Literal, NamedParameter, PositionalParameter, SystemVariable } from './literal.ts'
import type { Identifier } from './name.ts'
import type { Between, Comparison, In, Is, IsDistinctFrom, Like, Quantified } from './predicate.ts'
import type { Query } from './query.ts'
import type { Span } from './span.ts'
import type { ArrayType, StructType, Type } from './type.ts'

export type Expression =
  | Literal
  | NamedParameter
  | PositionalParameter
  | SystemVariable
  | PathExpression
  | FieldAccess
  | ElementAccess
  | FunctionCall
  | Cast
  | ExtractPart
  | Interval
  | ArrayConstructor
  | StructConstructor
  | Tuple
  | ScalarSubquery
  | ArraySubquery
  | Exists
  | Unary
  | Not
  | And
  | Or
  | Binary
  | Comparison
  | IsDistinctFrom
  | Is
  | Between
  | Like
  | In
  | Quantified
  | Case
  | WithExpression
  | DefaultValue
  | ForeignExpression

/** `a`, `a.b.c`: what each part names (table, column, field) is the resolver's to say. */
export type PathExpression = {
  readonly kind: 'PathExpression'
  readonly parts: readonly [Identifier, ...Identifier[]]
  readonly at: Span
}

/** `f(x).name`, `a[0].name`, `(a).name` */
export type FieldAccess = {
  readonly kind: 'FieldAccess'
  readonly target: Expression
  readonly field: Identifier
  readonly at: Span
}

export type Accessor = 'OFFSET' | 'ORDINAL' | 'SAFE_OFFSET' | 'SAFE_ORDINAL' | 'KEY' | 'SAFE_KEY'

/** `a[0]`, `a[SAFE_OFFSET(0)]`, `json['key']`; a bare subscript has no accessor. */
export type ElementAccess = {
  readonly kind: 'ElementAccess'
  readonly target: Expression
  readonly accessor: Accessor | undefined
  readonly index: Expression
  readonly at: Span
}

export type Cast = {
  readonly kind: 'Cast'
  readonly safe: boolean
  readonly value: Expression
  readonly type: Type
  readonly format: Expression | undefined
  readonly timeZone: Expression | undefined
  readonly at: Span
}

export type ExtractPart = {
  readonly kind: 'ExtractPart'
  readonly part: DatePart
  readonly from: Expression
  readonly timeZone: Expression | undefined
  readonly at: Span
}

/** `INTERVAL 1 DAY`, `INTERVAL '1-2' YEAR TO MONTH` */
export type Interval = {
  readonly kind: 'Interval'
  readonly value: Expression
  readonly from: Identifier
  readonly to: Identifier | undefined
  readonly at: Span
}

/** `[1, 2]`, `ARRAY[1, 2]`, `ARRAY<INT64>[1, 2]` */
export type ArrayConstructor = {
  readonly kind: 'ArrayConstructor'
  readonly type: ArrayType | undefined
  readonly elements: readonly Expression[]
  readonly at: Span
}

/** `STRUCT(1 AS a)`, `STRUCT<a INT64>(1)` */
export type StructConstructor = {
  readonly kind: 'StructConstructor'
  readonly type: StructType | undefined
  readonly fields: readonly StructField[]
  readonly at: Span
}
export type StructField = {
  readonly kind: 'StructField'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly at: Span
}

/** `(1, 2)`: a struct without a type; at least two elements. */
export type Tuple = { readonly kind: 'Tuple'; readonly elements: readonly Expression[]; readonly at: Span }

export type ScalarSubquery = { readonly kind: 'ScalarSubquery'; readonly query: Query; readonly at: Span }
export type ArraySubquery = { readonly kind: 'ArraySubquery'; readonly query: Query; readonly at: Span }
export type Exists = Hinted & { readonly kind: 'Exists'; readonly query: Query; readonly at: Span }

export type Unary = {
  readonly kind: 'Unary'
  readonly operator: '-' | '+' | '~'
  readonly operand: Expression
  readonly at: Span
}
export type Not = { readonly kind: 'Not'; readonly operand: Expression; readonly at: Span }

/** A whole chain of AND is one node, so that a long one is wide and not deep. */
export type And = { readonly kind: 'And'; readonly operands: readonly Expression[]; readonly at: Span }
export type Or = { readonly kind: 'Or'; readonly operands: readonly Expression[]; readonly at: Span }

export type BinaryOperator = '|' | '^' | '&' | '<<' | '>>' | '+' | '-' | '*' | '/' | '||'

/** A chain of operators of one precedence, read from the left: `first`, then each step's operator and operand. */
export type Binary = {
  readonly kind: 'Binary'
  readonly first: Expression
  readonly steps: readonly BinaryStep[]
  readonly at: Span
}
export type BinaryStep = {
  readonly kind: 'BinaryStep'
  readonly operator: BinaryOperator
  readonly operand: Expression
  readonly at: Span
}

export type Case = {
  readonly kind: 'Case'
  readonly operand: Expression | undefined
  readonly branches: readonly CaseBranch[]
  readonly otherwise: Expression | undefined
  readonly at: Span
}
export type CaseBranch = {
  readonly kind: 'CaseBranch'
  readonly when: Expression
  readonly result: Expression
  readonly at: Span
}

/** `WITH(a AS 1, b AS a + 1, a * b)` */
export type WithExpression = {
  readonly kind: 'WithExpression'
  readonly bindings: readonly WithBinding[]
  readonly result: Expression
  readonly at: Span
}
export type WithBinding = {
  readonly kind: 'WithBinding'
  readonly name: Identifier
  readonly value: Expression
  readonly at: Span
}

/** The word DEFAULT where DML takes a value. */
export type DefaultValue = { readonly kind: 'DefaultValue'; readonly at: Span }

/** The nodes of this file. */
export type ExpressionNode =
  | PathExpression
  | FieldAccess
  | ElementAccess
  | Cast
  | ExtractPart
  | Interval
  | ArrayConstructor
  | StructConstructor
  | StructField
  | Tuple
  | ScalarSubquery
  | ArraySubquery
  | Exists
  | Unary
  | Not
  | And
  | Or
  | Binary
  | BinaryStep
  | Case
  | CaseBranch
  | WithExpression
  | WithBinding
  | DefaultValue
