import type { ColumnType } from '../../model/column-type.ts'

/**
 * What a literal is, where that matters: GoogleSQL lets literals take other types than columns of their type may.
 * `parameter` is a query parameter; its strings may become dates as those of literals do.
 */
export type LiteralKind = 'null' | 'integer' | 'float' | 'string' | 'bytes' | 'other' | 'parameter'

/** An expression as far as types go. No type: it cannot be told, unless the literal is `null`, which fits every type. */
export type Typed = {
  readonly type: ColumnType | undefined
  readonly literal?: LiteralKind | undefined
  /** The elements of an array that the text writes out without a type: if all of them are literals, so is the array. */
  readonly elements?: readonly Typed[] | undefined
  /** The fields of a struct that the text writes out without types: they are coerced one by one. */
  readonly fields?: readonly Typed[] | undefined
}

export function isNull(value: Typed): boolean {
  return value.literal === 'null'
}

/** Whether the value is written out in the text, so that it may take another type. */
export function isLiteral(value: Typed): boolean {
  if (value.elements !== undefined) return value.elements.every(isLiteral)
  if (value.fields !== undefined) return value.fields.every(isLiteral)
  return value.literal !== undefined && value.literal !== 'parameter'
}
