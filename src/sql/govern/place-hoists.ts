import type { Path } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { Query, WithClause } from '../../googlesql/ast/query.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { copyWith, rewrite } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { identifier } from './build.ts'
import type { Hoist } from './plan-hoists.ts'

/** A tree with its entries in place, and each use of an entry: an outermost query that reads by it. */
export type Placed<N extends Node> = { readonly tree: N; readonly uses: readonly Hoist[] }

/**
 * Gives every outermost query the entries that it needs, before its own and in one list: no name of the query is in scope
 * where they stand. Statements without a WITH of their own get them in their subqueries, each under names of its own:
 * Google's analyzer numbers a name that one statement has twice, and could not be asked about it.
 */
export function placeHoists<N extends Node>(tree: N, hoists: readonly Hoist[], freshName: () => string): Placed<N> {
  if (hoists.length === 0) return { tree, uses: [] }
  const uses: Hoist[] = []
  const taken = new Set<string>()
  const place = (node: Node): Node => {
    if (node.kind !== 'Query') return copyWith(node, place)
    const needed = neededBy(node, hoists)
    const names = new Map(needed.flatMap(({ name }) => (taken.has(name) ? [[name, freshName()] as const] : [])))
    for (const { name } of needed) taken.add(name)
    const own = needed.map(hoist => withNames(hoist, names))
    uses.push(...own)
    return withEntries(reading(node, names), own)
  }
  return { tree: place(tree) as N, uses }
}

/** Entries by the names that a query reads by, those that they themselves read by first. */
function neededBy(query: Query, hoists: readonly Hoist[]): readonly Hoist[] {
  const wanted = new Set<Hoist>()
  const visit = (node: Node): void => {
    for (const { path } of [...nodesOf(node, 'TableReference'), ...nodesOf(node, 'TableArgument')]) {
      const hoist = path.parts.length === 1 ? hoists.find(({ name }) => name === path.parts[0].text) : undefined
      if (hoist === undefined || wanted.has(hoist)) continue
      wanted.add(hoist)
      visit(hoist.entry)
    }
  }
  visit(query)
  return hoists.filter(hoist => wanted.has(hoist))
}

type Names = ReadonlyMap<string, string>

function withNames(hoist: Hoist, names: Names): Hoist {
  if (names.size === 0) return hoist
  const name = names.get(hoist.name) ?? hoist.name
  return { ...hoist, name, entry: { ...reading(hoist.entry, names), name: identifier(name) } }
}

/** The tree with entries read under other names. */
function reading<N extends Node>(tree: N, names: Names): N {
  if (names.size === 0) return tree
  const renamed = (path: Path): Path => {
    const name = path.parts.length === 1 ? names.get(path.parts[0].text) : undefined
    return name === undefined ? path : { ...path, parts: [identifier(name)] }
  }
  return rewrite(tree, {
    TableReference: node => ({ ...node, path: renamed(node.path) }),
    TableArgument: node => ({ ...node, path: renamed(node.path) }),
  })
}

function withEntries(query: Query, hoists: readonly Hoist[]): Query {
  if (hoists.length === 0) return query
  const own: Pick<WithClause, 'recursive' | 'entries'> = query.with ?? { recursive: false, entries: [] }
  const entries = [...hoists.map(({ entry }) => entry), ...own.entries]
  return { ...query, with: { kind: 'WithClause', recursive: own.recursive, entries, at } }
}
