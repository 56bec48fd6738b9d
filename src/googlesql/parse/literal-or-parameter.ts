import type { Expression } from '../ast/expression.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

/** A string, or what stands for one: somebody who is granted something, or a collation. */
export function parseTextOrParameter(c: Cursor): Expression {
  return parseLiteralOr(c, tokenType.string, 'a string or a parameter')
}

/** A count that is known before anything is read. */
export function parseIntegerOrParameter(c: Cursor): Expression {
  return parseLiteralOr(c, tokenType.integer, 'an integer or a parameter')
}

function parseLiteralOr(c: Cursor, literal: number, expected: string): Expression {
  if (c.type !== literal && !c.isAny(['@', '@@', '?'])) throw c.failure(expected)
  // Not a term, because the `>>` that closes two types behind a collation is no operator.
  return c.productions.primary(c)
}
