import type { Expression } from './ast/expression.ts'
import type { Kind, Node, NodeOf } from './ast/node.ts'
import type { QueryBody } from './ast/query.ts'
import type { Statement } from './ast/statement.ts'
import type { TableExpression } from './ast/table.ts'
import { isNode } from './walk.ts'

/** What may stand where a node of kind K stood: anything of its family, or its own kind where it has none. */
type Family<K extends Kind> =
  NodeOf<K> extends Expression
    ? Expression
    : NodeOf<K> extends TableExpression
      ? TableExpression
      : NodeOf<K> extends QueryBody
        ? QueryBody
        : NodeOf<K> extends Statement
          ? Statement
          : NodeOf<K>

/** A rule gets the node with its children already rewritten, and what stood there before. */
export type Rules = { readonly [K in Kind]?: (node: NodeOf<K>, original: NodeOf<K>) => Family<K> }

/** A copy of the tree with rules applied, children first. What no rule changes is shared with the original. */
export function rewrite<N extends Node>(root: N, rules: Rules): N {
  const apply = (node: Node): Node => {
    const copy = copyWith(node, apply)
    const rule = rules[node.kind] as ((node: Node, original: Node) => Node) | undefined
    return rule === undefined ? copy : rule(copy, node)
  }
  return apply(root) as N
}

/** The node with each child mapped. Every property is looked at, so that no field can be lost in a copy. */
export function copyWith<N extends Node>(node: N, map: (child: Node) => Node): N {
  let changes: Record<string, unknown> | undefined
  for (const key in node) {
    const value: unknown = node[key]
    if (typeof value !== 'object' || value === null || key === 'at') continue
    const mapped = mapValue(value, map)
    if (mapped === value) continue
    changes ??= {}
    changes[key] = mapped
  }
  return changes === undefined ? node : { ...node, ...changes }
}

function mapValue(value: unknown, map: (child: Node) => Node): unknown {
  if (!Array.isArray(value)) return isNode(value) ? map(value) : value
  let changed: unknown[] | undefined
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index]
    const mapped = mapValue(item, map)
    if (mapped === item) continue
    changed ??= [...value]
    changed[index] = mapped
  }
  return changed ?? value
}
