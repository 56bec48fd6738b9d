import type { ElementAccess } from '../../googlesql/ast/expression.ts'
import { resolveExpression, type Scope } from './context.ts'
import { elementOf, fieldOf } from './leaves.ts'
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
  const fields = struct.type?.kind === 'struct' ? struct.type.fields : []
  const first = accessor === 'ORDINAL' || accessor === 'SAFE_ORDINAL' ? 1 : 0
  const field = index.kind === 'IntegerLiteral' ? fields[Number(index.text) - first] : undefined
  if (field === undefined) return { type: undefined, reads: struct.reads }
  const isNamed =
    field.name !== '' && fields.filter(({ name }) => name.toLowerCase() === field.name.toLowerCase()).length === 1
  return (isNamed ? fieldOf(struct, field.name) : undefined) ?? { type: field.type, reads: struct.reads }
}
