import type { Hint, Hinted } from '../ast/foreign.ts'
import type { Ordered } from '../ast/grouping.ts'
import type { Node } from '../ast/node.ts'
import type { Printer } from './printer.ts'

/** The hint of a node, behind the words that it follows. */
export function hint({ hint: given }: Hinted, p: Printer): string {
  return p.optional('', given)
}

/** ` ORDER [hint] BY a, b`, or nothing. */
export function orderBy({ orderBy: items, orderHint }: Ordered, p: Printer): string {
  return items.length === 0 ? '' : p.some(`ORDER${p.optional('', orderHint)} BY `, items)
}

/** ` PARTITION [hint] BY a, b`, or nothing. */
export function partitionBy(
  n: { readonly partitionBy: readonly Node[]; readonly partitionHint?: Hint },
  p: Printer,
): string {
  return p.some(`PARTITION${p.optional('', n.partitionHint)} BY `, n.partitionBy)
}
