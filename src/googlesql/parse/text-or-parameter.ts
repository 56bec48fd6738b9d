import type { Expression } from '../ast/expression.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

/** A string, or what stands for one: somebody who is granted something, or a collation. */
export function parseTextOrParameter(c: Cursor): Expression {
  if (c.type !== tokenType.string && !c.isAny(['@', '@@', '?'])) throw c.failure('a string or a parameter')
  const { start } = c
  const value = c.term()
  if (kinds.includes(value.kind)) return value
  throw c.failureAt(start, 'a string or a parameter', 'an expression')
}

const kinds: readonly Expression['kind'][] = [
  'StringLiteral',
  'NamedParameter',
  'PositionalParameter',
  'SystemVariable',
]
