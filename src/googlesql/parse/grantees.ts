import type { Expression } from '../ast/expression.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

/** Somebody who is granted something: a string, a parameter or a variable of the system. */
export function parseGrantee(c: Cursor): Expression {
  if (c.type !== tokenType.string && !c.isAny(['@', '@@', '?'])) throw c.failure('a string or a parameter')
  const { start } = c
  const grantee = c.term()
  if (kinds.includes(grantee.kind)) return grantee
  throw c.failureAt(start, 'a string or a parameter', 'an expression')
}

const kinds: readonly Expression['kind'][] = [
  'StringLiteral',
  'NamedParameter',
  'PositionalParameter',
  'SystemVariable',
]
