import type { Node } from '../ast/node.ts'
import type { Printer } from './printer.ts'

type Optional = Node | undefined

/** What a statement says of where rows go: `[WITH CONNECTION c] [OPTIONS(…)]` */
export function destination(
  { connection, options }: { readonly connection: Optional; readonly options: Optional },
  p: Printer,
): string {
  return `${p.optional('', connection)}${p.optional('OPTIONS', options)}`
}

/** The columns and constraints of a table, if any are given. */
export function elements(node: { readonly elements: readonly Node[] | undefined }, p: Printer): string {
  return node.elements === undefined ? '' : ` (${p.list(node.elements)})`
}

/** `[PARTITION BY …] [CLUSTER BY …]` */
export function layout(
  { partitionBy, clusterBy }: { readonly partitionBy: readonly Node[]; readonly clusterBy: readonly Node[] },
  p: Printer,
): string {
  return `${p.some('PARTITION BY ', partitionBy)}${p.some('CLUSTER BY ', clusterBy)}`
}
