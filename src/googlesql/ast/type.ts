import type { Expression } from './expression.ts'
import type { FunctionType, MapType } from './foreign.ts'
import type { Identifier, Path } from './name.ts'
import type { Span } from './span.ts'

export type Type = NamedType | ArrayType | StructType | RangeType | FunctionType | MapType

/** `INT64`, `STRING(10)`, `NUMERIC(38, 9)`: a name with its parameters. */
export type NamedType = {
  readonly kind: 'NamedType'
  readonly name: Path
  readonly parameters: readonly TypeParameter[]
  readonly collate: Expression | undefined
  readonly at: Span
}

/** An integer as text, or MAX. */
export type TypeParameter = { readonly kind: 'TypeParameter'; readonly text: string; readonly at: Span }

export type ArrayType = { readonly kind: 'ArrayType'; readonly element: Type; readonly at: Span }
export type RangeType = { readonly kind: 'RangeType'; readonly element: Type; readonly at: Span }
export type StructType = {
  readonly kind: 'StructType'
  readonly fields: readonly StructTypeField[]
  readonly at: Span
}
export type StructTypeField = {
  readonly kind: 'StructTypeField'
  readonly name: Identifier | undefined
  readonly type: Type
  readonly at: Span
}

/** The nodes of this file. */
export type TypeNode = NamedType | TypeParameter | ArrayType | RangeType | StructType | StructTypeField
