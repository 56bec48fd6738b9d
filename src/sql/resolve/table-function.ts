import type { TableFunction } from '../../googlesql/ast/table.ts'
import { Failure } from '../../model/failure.ts'
import { findFunction } from '../functions/find-function.ts'
import type { Environment } from './context.ts'

/** What a table function reads cannot be told from the text; policy hears its class, and then it is refused. */
export function refusedTableFunction({ name }: TableFunction, { context }: Environment): Failure {
  const called = name.parts.map(part => part.text).join('.')
  context.functions.set(called.toUpperCase(), findFunction(called)?.class ?? 'unknown')
  return new Failure('cannot_govern', {
    detail: `The table function ${called} is not served, because what it reads cannot be checked.`,
    next: 'Write the query on the tables themselves.',
  })
}
