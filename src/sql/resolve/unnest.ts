import type { UnnestReference, WithOffset } from '../../googlesql/ast/table.ts'
import { resolveExpression, type Scope } from './context.ts'
import { elementOf } from './leaves.ts'
import { type Column, type FromScope, noReads, realize, type Value } from './relation.ts'
import { int64, rowsNamed, sideBySide, valueNamed } from './rows.ts'

/** The rows of one array, or of several side by side. */
export function resolveUnnest(node: UnnestReference, scope: Scope): FromScope {
  if (node.mode !== undefined) resolveExpression(node.mode, scope)
  const elements = node.arrays.map(({ value, alias }): Column => {
    return { ...rowsOfArray(resolveExpression(value, scope)), name: alias?.text }
  })
  const [only, second] = elements
  const rows =
    only !== undefined && second === undefined
      ? valueNamed(node.alias?.text ?? only.name, only)
      : rowsNamed(node.alias?.text, { columns: elements })
  return sideBySide(rows, ...offsetColumn(node.offset))
}

/** How many rows there are is told by the array, whether its elements are looked at or not. */
export function rowsOfArray(array: Value): Value {
  realize(array.reads, 'select')
  return elementOf(array)
}

export function offsetColumn(offset: WithOffset | undefined): readonly FromScope[] {
  if (offset === undefined) return []
  return [valueNamed(offset.alias?.text ?? 'offset', { type: int64, reads: noReads })]
}
