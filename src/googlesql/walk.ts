import type { Kind, Node, NodeOf } from './ast/node.ts'

/** Whether a value found in a node is itself a node. Spans and plain values are not. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value
}

/** Calls `use` with each node directly below `node`, in the order of its properties. Nothing can be forgotten: every property is looked at. */
export function eachChild(node: Node, use: (child: Node) => void): void {
  for (const key in node) {
    const value: unknown = node[key as keyof Node]
    if (typeof value !== 'object') continue
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) use(item)
    } else if (isNode(value)) use(value)
  }
}

/** The nodes directly below `node`. */
export function children(node: Node): readonly Node[] {
  const found: Node[] = []
  eachChild(node, child => found.push(child))
  return found
}

/** Called for a node before its children; `false` keeps the walk out of them. */
type Visitors = { readonly [K in Kind]?: (node: NodeOf<K>) => unknown }

/** Visits `root` and everything below it, parents first. */
export function visit(root: Node, visitors: Visitors): void {
  const visitor = visitors[root.kind] as ((node: Node) => unknown) | undefined
  if (visitor?.(root) === false) return
  eachChild(root, child => visit(child, visitors))
}

/** Every node of one kind, in the order of the tree. */
export function nodesOf<K extends Kind>(root: Node, kind: K): readonly NodeOf<K>[] {
  const found: NodeOf<K>[] = []
  const walk = (node: Node): void => {
    if (node.kind === kind) found.push(node as NodeOf<K>)
    eachChild(node, walk)
  }
  walk(root)
  return found
}

/** Equal but for the spans, and for whether a name stood in backticks where that makes no difference. */
export function sameTree(a: Node, b: Node): boolean {
  return sameValue(a, b)
}

const positional: ReadonlySet<string> = new Set(['at', 'quoted'])

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameItems(a, b)
  return sameFields(a as Fields, b as Fields)
}

type Fields = Readonly<Record<string, unknown>>

function sameFields(a: Fields, b: Fields): boolean {
  for (const key in a) if (!positional.has(key) && !(key in b && sameValue(a[key], b[key]))) return false
  for (const key in b) if (!positional.has(key) && !(key in a)) return false
  return true
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => sameValue(value, b[index]))
}
