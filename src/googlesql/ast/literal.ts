import type { Identifier } from './name.ts'
import type { Span } from './span.ts'
import type { RangeType } from './type.ts'

export type Literal =
  | NullLiteral
  | BooleanLiteral
  | IntegerLiteral
  | FloatLiteral
  | StringLiteral
  | BytesLiteral
  | TypedLiteral
  | RangeLiteral

export type NullLiteral = { readonly kind: 'NullLiteral'; readonly at: Span }
export type BooleanLiteral = { readonly kind: 'BooleanLiteral'; readonly value: boolean; readonly at: Span }

/** `text` is decimal without leading zeros, or `0x` with upper-case digits. Never signed. */
export type IntegerLiteral = { readonly kind: 'IntegerLiteral'; readonly text: string; readonly at: Span }

/** `text` has digits on both sides of its point, and an upper-case exponent. Never signed. */
export type FloatLiteral = { readonly kind: 'FloatLiteral'; readonly text: string; readonly at: Span }

export type StringLiteral = { readonly kind: 'StringLiteral'; readonly value: string; readonly at: Span }

/** One character of `value` for each byte (latin-1). */
export type BytesLiteral = { readonly kind: 'BytesLiteral'; readonly value: string; readonly at: Span }

export const literalTypes = [
  'DATE',
  'TIME',
  'DATETIME',
  'TIMESTAMP',
  'NUMERIC',
  'DECIMAL',
  'BIGNUMERIC',
  'BIGDECIMAL',
  'JSON',
] as const
export type LiteralType = (typeof literalTypes)[number]

/** `DATE '2024-01-01'` */
export type TypedLiteral = {
  readonly kind: 'TypedLiteral'
  readonly type: LiteralType
  readonly value: string
  readonly at: Span
}

/** `RANGE<DATE> '[2024-01-01, 2024-02-01)'` */
export type RangeLiteral = {
  readonly kind: 'RangeLiteral'
  readonly type: RangeType
  readonly value: string
  readonly at: Span
}

export type NamedParameter = { readonly kind: 'NamedParameter'; readonly name: string; readonly at: Span }
export type PositionalParameter = { readonly kind: 'PositionalParameter'; readonly at: Span }

/** `@@project_id`, `@@error.message` */
export type SystemVariable = {
  readonly kind: 'SystemVariable'
  readonly parts: readonly [Identifier, ...Identifier[]]
  readonly at: Span
}

/** The nodes of this file. */
export type LiteralNode =
  | NullLiteral
  | BooleanLiteral
  | IntegerLiteral
  | FloatLiteral
  | StringLiteral
  | BytesLiteral
  | TypedLiteral
  | RangeLiteral
  | NamedParameter
  | PositionalParameter
  | SystemVariable
