import type { Node } from '../../googlesql/ast/node.ts'
import type { Query, WithClause } from '../../googlesql/ast/query.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { copyWith } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import type { Hoist } from './plan-hoists.ts'

/** A tree with its entries in place, and each use of an entry: an outermost query that reads by it. */
export type Placed<N extends Node> = { readonly tree: N; readonly uses: readonly Hoist[] }

/**
 * Gives every outermost query the entries that it needs, before its own and in one list: no name of the query is in scope
 * where they stand. Statements without a WITH of their own get them in their subqueries.
 */
export function placeHoists<N extends Node>(tree: N, hoists: readonly Hoist[]): Placed<N> {
  const uses: Hoist[] = []
  const place = (node: Node): Node => {
    if (node.kind !== 'Query') return copyWith(node, place)
    const needed = neededBy(node, hoists)
    uses.push(...needed)
    return withEntries(node, needed)
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

function withEntries(query: Query, hoists: readonly Hoist[]): Query {
  if (hoists.length === 0) return query
  const own: Pick<WithClause, 'recursive' | 'entries'> = query.with ?? { recursive: false, entries: [] }
  const entries = [...hoists.map(({ entry }) => entry), ...own.entries]
  return { ...query, with: { kind: 'WithClause', recursive: own.recursive, entries, at } }
}
