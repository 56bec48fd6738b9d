import type { Expression } from '../ast/expression.ts'
import type { Cursor } from './cursor.ts'

/** `mode => 'PAD'`, behind the arrays of UNNEST. */
export function parseUnnestMode(c: Cursor): Expression {
  const name = c.identifier()
  if (name.text.toUpperCase() !== 'MODE') throw c.failureAt(name.at.start, 'mode', name.text)
  c.expect('=>')
  return c.expression()
}
