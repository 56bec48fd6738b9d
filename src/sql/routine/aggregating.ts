import type { Node } from '../../googlesql/ast/node.ts'
import { children } from '../../googlesql/walk.ts'
import { findFunction } from '../functions/find-function.ts'
import { nameOf } from './named-routines.ts'

/** Whether an expression has an aggregate or a window of the query that it stands in. */
export function isAggregating(node: Node): boolean {
  if (node.kind === 'Query') return false
  if (node.kind === 'FunctionCall') {
    const functionClass = findFunction(nameOf(node.name))?.class
    if (node.over !== undefined || functionClass === 'aggregate' || functionClass === 'window') return true
  }
  return children(node).some(isAggregating)
}
