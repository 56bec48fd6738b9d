import type { Expression } from '../ast/expression.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

/** A count that is known before anything is read. */
export function parseIntegerOrParameter(c: Cursor): Expression {
  if (c.type !== tokenType.integer && !c.isAny(['@', '@@', '?'])) throw c.failure('an integer or a parameter')
  return c.productions.primary(c)
}
