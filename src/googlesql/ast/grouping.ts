import type { Expression } from './expression.ts'
import type { Hint, Hinted } from './foreign.ts'
import type { Identifier } from './name.ts'
import type { Span } from './span.ts'

export type OrderItem = {
  readonly kind: 'OrderItem'
  readonly value: Expression
  readonly collate: Expression | undefined
  readonly direction: 'ASC' | 'DESC' | undefined
  readonly nulls: 'FIRST' | 'LAST' | undefined
  readonly at: Span
}

/** `ORDER BY …`, which may carry a hint of its own. */
export type Ordered = { readonly orderBy: readonly OrderItem[]; readonly orderHint?: Hint }

/** `GROUP BY …`; `all` is GROUP BY ALL and has no items; `ordered` is pipe syntax's GROUP AND ORDER BY. */
export type GroupBy = Hinted & {
  readonly kind: 'GroupBy'
  readonly all: boolean
  readonly ordered: boolean
  readonly items: readonly GroupingItem[]
  readonly at: Span
}

export type GroupingItem = GroupingKey | GroupingSet | EmptyGrouping

/** An alias and an order are pipe syntax only. */
export type GroupingKey = {
  readonly kind: 'GroupingKey'
  readonly value: Expression
  readonly alias: Identifier | undefined
  readonly direction: 'ASC' | 'DESC' | undefined
  readonly nulls: 'FIRST' | 'LAST' | undefined
  readonly at: Span
}
/** ROLLUP(…), CUBE(…) and GROUPING SETS(…), which nest. */
export type GroupingSet = {
  readonly kind: 'GroupingSet'
  readonly operator: 'ROLLUP' | 'CUBE' | 'GROUPING SETS'
  readonly items: readonly GroupingItem[]
  readonly at: Span
}
/** `()` */
export type EmptyGrouping = { readonly kind: 'EmptyGrouping'; readonly at: Span }

/** The nodes of this file. */
export type GroupingNode = OrderItem | GroupBy | GroupingKey | GroupingSet | EmptyGrouping
