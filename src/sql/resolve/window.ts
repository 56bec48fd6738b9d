import type { Window } from '../../googlesql/ast/call.ts'
import type { OrderItem } from '../../googlesql/ast/grouping.ts'
import { resolveExpression, type Scope } from './context.ts'
import { mergeReads, type Reads } from './relation.ts'

/** A named window's own columns are read where it is defined. */
export function windowReads(window: Window, scope: Scope): Reads {
  const bounds = [window.frame?.start.distance, window.frame?.end?.distance].filter(bound => bound !== undefined)
  const parts = [...window.partitionBy, ...bounds].map(part => resolveExpression(part, scope).reads)
  return mergeReads(...parts, ...orderReads(window.orderBy, scope))
}

export function orderReads(items: readonly OrderItem[], scope: Scope): readonly Reads[] {
  return items.map(item => resolveExpression(item.value, scope).reads)
}
