import type { Expression } from '../ast/expression.ts'
import type { Kind, Node, NodeOf } from '../ast/node.ts'

/** How deep an operator binds; an expression is put in parentheses where its place needs a deeper one. */
export const level = {
  or: 0,
  and: 1,
  not: 2,
  comparison: 3,
  bitOr: 4,
  bitXor: 5,
  bitAnd: 6,
  shift: 7,
  sum: 8,
  concat: 9,
  product: 10,
  unary: 11,
  primary: 12,
} as const

/** What the printers of single nodes use to print what is below them. */
export type Printer = {
  readonly node: (node: Node) => string
  readonly list: (nodes: readonly Node[], separator?: string) => string
  /** ` ${before}${node}`, or nothing without a node. */
  readonly optional: (before: string, node: Node | undefined, after?: string) => string
  /** ` ${before}a, b`, or nothing for an empty list. */
  readonly some: (before: string, nodes: readonly Node[], after?: string) => string
  /** An expression in a place that needs this level. */
  readonly at: (needed: number, expression: Expression) => string
}

export type PrintersOf<K extends Kind> = { readonly [P in K]: (node: NodeOf<P>, p: Printer) => string }
