import type { TableFunction } from '../../googlesql/ast/table.ts'
import { Failure } from '../../model/failure.ts'
import { findFunction } from '../functions/find-function.ts'
import { isBuiltIn, nameOf } from '../routine/named-routines.ts'
import { resolveTableCall } from '../routine/resolve-table-call.ts'
import type { Environment } from './context.ts'
import { resolveRangeSessionize } from './range-sessionize.ts'
import type { FromScope } from './relation.ts'

/** A function in FROM: one of a dataset, or one of BigQuery's own. */
export function resolveTableFunction(node: TableFunction, env: Environment): FromScope {
  if (!isBuiltIn(node.name)) return resolveTableCall(node, env)
  const called = nameOf(node.name).toUpperCase()
  if (called !== 'RANGE_SESSIONIZE') throw refusedTableFunction(node, env)
  env.context.functions.set(called, 'table_function')
  return resolveRangeSessionize(node, env)
}

const reasons: Readonly<Record<string, string>> = {
  APPENDS: 'it reads the history of a table, where no mask or filter can stand',
  CHANGES: 'it reads the history of a table, where no mask or filter can stand',
  EXTERNAL_OBJECT_TRANSFORM: 'it signs links to files outside of BigQuery',
  EXTERNAL_QUERY: 'it runs a text in another database',
  VECTOR_SEARCH: 'it compares with rows that a filter would hide',
}

/** Policy hears its class, and then it is refused with the reason. */
export function refusedTableFunction({ name }: TableFunction, { context }: Environment): Failure {
  const called = nameOf(name).toUpperCase()
  context.functions.set(called, findFunction(called)?.class ?? 'unknown')
  return new Failure('cannot_govern', {
    detail: `The table function ${nameOf(name)} is not served: ${reasons[called] ?? 'what it reads cannot be checked'}.`,
    next: 'Write the query on the tables themselves.',
  })
}
