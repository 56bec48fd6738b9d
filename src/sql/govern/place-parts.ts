import type { ExecuteArgument, ExecuteImmediate } from '../../googlesql/ast/movement.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import type { Script } from '../../googlesql/ast/script.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import { print } from '../../googlesql/print/print.ts'
import { copyWith } from '../../googlesql/rewrite.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { string, word } from './build.ts'
import type { PartUnderPolicy } from './govern-part.ts'
import { isKeyParameter } from './keyed-hash.ts'

/** The tree of a text in which every part stands as it is governed. */
export function placeParts(tree: Script, parts: readonly PartUnderPolicy[]): Script {
  const governed = new Map<Node, Node>(parts.map(({ part, tree: own }) => [part.place, own]))
  const replace = (node: Node): Node => {
    const own = governed.get(node)
    if (own === undefined) return copyWith(node, replace)
    return node.kind === 'ExecuteImmediate' ? withStatement(copyWith(node, replace), own) : own
  }
  return replace(tree) as Script
}

/** Parameters have names where a statement is governed, and those of a dynamic one are what USING gives it. */
function withStatement(execute: ExecuteImmediate, statement: Node): ExecuteImmediate {
  const given = execute.using.map((argument, index): ExecuteArgument => {
    return { ...argument, alias: argument.alias ?? word(`p${index + 1}`) }
  })
  const keys = new Set(nodesOf(statement, 'NamedParameter').flatMap(({ name }) => (isKeyParameter(name) ? [name] : [])))
  const added = [...keys].map((name): ExecuteArgument => {
    return { kind: 'ExecuteArgument', value: { kind: 'NamedParameter', name, at }, alias: word(name), at }
  })
  return { ...execute, sql: string(print(statement)), using: [...given, ...added] }
}
