import type { Path } from '../../googlesql/ast/name.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { eachChild } from '../../googlesql/walk.ts'
import { findFunction } from '../functions/find-function.ts'
import { pathParts } from '../table-name.ts'
import { isSystemProcedure } from './system-procedure.ts'

/** The routine that a node calls by name, if it is one of a dataset: BigQuery's own functions come before those. */
export function routineCalledBy(node: Node): Path | undefined {
  switch (node.kind) {
    case 'FunctionCall':
      return isBuiltIn(node.name) || pathParts(node.name).length === 1 ? undefined : node.name
    case 'TableFunction':
      return isBuiltIn(node.name) ? undefined : node.name
    case 'Call':
      return isSystemProcedure(node) ? undefined : node.name
    default:
      return undefined
  }
}

/** The routines that a tree calls, as it names them. */
export function namedRoutines(root: Node): readonly Path[] {
  const found: Path[] = []
  const walk = (node: Node): void => {
    const called = routineCalledBy(node)
    if (called !== undefined) found.push(called)
    eachChild(node, walk)
  }
  walk(root)
  return found
}

export function isBuiltIn(name: Path): boolean {
  return findFunction(nameOf(name)) !== undefined
}

/** A name as it is written, with dots. */
export function nameOf({ parts }: Path): string {
  return parts.map(({ text }) => text).join('.')
}
