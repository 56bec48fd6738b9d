import type { TableFunction } from '../../googlesql/ast/table.ts'
import { Failure } from '../../model/failure.ts'
import { findFunction } from '../functions/find-function.ts'
import { isBuiltIn, nameOf } from '../routine/named-routines.ts'
import { resolveTableCall } from '../routine/resolve-table-call.ts'
import type { Environment } from './context.ts'
import type { FromScope } from './relation.ts'

/** A function in FROM: one of a dataset, or one of BigQuery's own. */
export function resolveTableFunction(node: TableFunction, env: Environment): FromScope {
  if (!isBuiltIn(node.name)) return resolveTableCall(node, env)
  throw refusedTableFunction(node, env)
}

/** What a table function reads cannot be told from the text; policy hears its class, and then it is refused. */
export function refusedTableFunction({ name }: TableFunction, { context }: Environment): Failure {
  const called = nameOf(name)
  context.functions.set(called.toUpperCase(), findFunction(called)?.class ?? 'unknown')
  return new Failure('cannot_govern', {
    detail: `The table function ${called} is not served, because what it reads cannot be checked.`,
    next: 'Write the query on the tables themselves.',
  })
}
