import type { FunctionCall } from '../../googlesql/ast/call.ts'
import type { Node } from '../../googlesql/ast/node.ts'
import { children } from '../../googlesql/walk.ts'
import type { FunctionClass } from '../../model/statement.ts'
import { findFunction } from '../functions/find-function.ts'
import { nameOf } from './named-routines.ts'

/** The class of the built-in function that is called; undefined for a routine of a dataset. */
export function classOfCall({ name }: FunctionCall): FunctionClass | undefined {
  return findFunction(nameOf(name))?.class
}

/** Whether an expression has an aggregate or a window of the query that it stands in. */
export function isAggregating(node: Node): boolean {
  if (node.kind === 'Query') return false
  if (node.kind === 'FunctionCall') {
    const functionClass = classOfCall(node)
    if (node.over !== undefined || functionClass === 'aggregate' || functionClass === 'window') return true
  }
  return children(node).some(isAggregating)
}
