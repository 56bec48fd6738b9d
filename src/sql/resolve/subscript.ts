import type { ElementAccess } from '../../googlesql/ast/expression.ts'
import { resolveExpression, type Scope } from './context.ts'
import { elementOf, fieldNumbered } from './leaves.ts'
import { mergeReads, type Value } from './relation.ts'

/** `array[at]`, `json['key']`, and a field of a struct by its position: `struct[0]`. */
export function resolveSubscript(node: ElementAccess, scope: Scope): Value {
  const whole = resolveExpression(node.target, scope)
  const at = resolveExpression(node.index, scope)
  const element = whole.type?.kind === 'struct' ? fieldAt(whole, node) : elementOf(whole)
  return at.reads.size === 0 ? element : { type: element.type, reads: mergeReads(element.reads, at.reads) }
}

/** The position is written out. */
function fieldAt(struct: Value, { index, accessor }: ElementAccess): Value {
  const first = accessor === 'ORDINAL' || accessor === 'SAFE_ORDINAL' ? 1 : 0
  return fieldNumbered(struct, index.kind === 'IntegerLiteral' ? Number(index.text) - first : -1)
}
