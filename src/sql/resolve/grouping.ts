import type { Expression } from '../../googlesql/ast/expression.ts'
import type { GroupBy, GroupingItem, OrderItem } from '../../googlesql/ast/grouping.ts'
import { Failure } from '../../model/failure.ts'
import { resolveExpression, type Scope } from './context.ts'
import { type Column, realize, type Value } from './relation.ts'

/** A key of GROUP BY: its value, and the name that pipe syntax gives it. */
export type ResolvedKey = { readonly node: Expression; readonly alias: string | undefined; readonly value: Value }

/** The keys of GROUP BY, those of nested grouping sets included. `selected` are what ordinals count. */
export function resolveGrouping(
  groupBy: GroupBy,
  scope: Scope,
  selected: readonly Column[] = [],
): readonly ResolvedKey[] {
  return groupBy.items.flatMap(item => resolveItem(item, scope, selected))
}

function resolveItem(item: GroupingItem, scope: Scope, selected: readonly Column[]): readonly ResolvedKey[] {
  switch (item.kind) {
    case 'EmptyGrouping':
      return []
    case 'GroupingSet':
      return item.items.flatMap(inner => resolveItem(inner, scope, selected))
    case 'GroupingKey': {
      const value = ordinalOr(item.value, scope, selected, 'GROUP BY')
      realize(value.reads, 'group')
      return [{ node: item.value, alias: item.alias?.text, value }]
    }
  }
}

/** ORDER BY: every key decides about the order of the answer. */
export function resolveOrder(items: readonly OrderItem[], scope: Scope, selected: readonly Column[] = []): void {
  for (const item of items) realize(ordinalOr(item.value, scope, selected, 'ORDER BY').reads, 'order')
}

/** `GROUP BY 1` means the first column; in an expression of more than a number, a number is a number. */
function ordinalOr(node: Expression, scope: Scope, selected: readonly Column[], clause: string): Value {
  if (node.kind !== 'IntegerLiteral' || selected.length === 0) return resolveExpression(node, scope)
  const column = selected[Number(node.text) - 1]
  if (column !== undefined) return column
  const detail = `${clause} ${node.text}: there are ${selected.length} columns.`
  throw new Failure('query_invalid', { detail })
}
