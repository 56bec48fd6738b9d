import type { Expression } from '../ast/expression.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

/** A string, or what stands for one: somebody who is granted something, or a collation. */
export function parseTextOrParameter(c: Cursor): Expression {
  if (c.type !== tokenType.string && !c.isAny(['@', '@@', '?'])) throw c.failure('a string or a parameter')
  // Not a term, because the `>>` that closes two types behind a collation is no operator.
  return c.productions.primary(c)
}
