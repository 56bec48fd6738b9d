import type { Node } from '../../googlesql/ast/node.ts'
import { nodesOf } from '../../googlesql/walk.ts'

/** Makes names that no identifier of the trees equals, without regard to case: always the same for the same trees. */
export function freshNames(trees: () => readonly Node[]): () => string {
  // Where no name is asked for, the trees are not walked.
  let taken: ReadonlySet<string> | undefined
  let count = 0
  return () => {
    taken ??= new Set(trees().flatMap(tree => nodesOf(tree, 'Identifier').map(({ text }) => text.toLowerCase())))
    for (;;) {
      const name = `_sl${++count}`
      if (!taken.has(name)) return name
    }
  }
}
