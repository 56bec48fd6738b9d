import type { Kind, Node, NodeOf } from './ast/node.ts'

/** Whether a value found in a node is itself a node. Spans and plain values are not. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value
}

/** Calls `use` with each node directly below `node`, in the order of its properties. Nothing can be forgotten: every property is looked at. */
export function eachChild(node: Node, use: (child: Node) => void): void {
  for (const key in node) {
    const value: unknown = node[key as keyof Node]
    if (typeof value !== 'object' || key === 'at') continue
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
  const walk = (node: Node): void => {
    const visitor = visitors[node.kind] as ((node: Node) => unknown) | undefined
    if (visitor?.(node) !== false) eachChild(node, walk)
  }
  walk(root)
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

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameItems(a, b)
  return sameFields(a as Fields, b as Fields)
}

type Fields = Readonly<Record<string, unknown>>

function sameFields(a: Fields, b: Fields): boolean {
  let more = 0
  for (const key in a) {
    if (isPositional(key)) continue
    if (!sameValue(a[key], b[key]) || !(key in b)) return false
    more++
  }
  for (const key in b) if (!isPositional(key)) more--
  return more === 0
}

function isPositional(key: string): boolean {
  return key === 'at' || key === 'quoted'
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (!sameValue(a[index], b[index])) return false
  return true
}
