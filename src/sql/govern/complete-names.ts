import type { Path } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { rewrite } from '../../googlesql/rewrite.ts'
import type { NamedAt } from '../statement/named-accesses.ts'
import { identifier } from './build.ts'

/** A statement in which every object that it makes, changes or copies has its complete name. Tables in FROM and calls get theirs where they are replaced. */
export function withCompleteNames<N extends Node>(tree: N, named: readonly NamedAt[]): N {
  if (named.length === 0) return tree
  const complete = new Map<Path, Path>()
  for (const { path, id } of named) complete.set(path, { kind: 'Path', parts: [identifier(id)], at })
  return rewrite(tree, {
    TableReference: (_, original) => original,
    TableFunction: (_, original) => original,
    FunctionCall: (_, original) => original,
    Path: (node, original) => complete.get(original) ?? node,
  })
}
