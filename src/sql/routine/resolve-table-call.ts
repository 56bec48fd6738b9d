import type { TableFunction } from '../../googlesql/ast/table.ts'
import { routineName } from '../../model/catalog.ts'
import { type StructField, typeText } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import { type Environment, resolveExpression, resolveQuery, scopeOf } from '../resolve/context.ts'
import { emptyFrom, type FromScope, type Relation } from '../resolve/relation.ts'
import { rowsNamed } from '../resolve/rows.ts'
import { sameName } from '../table-name.ts'
import { bindArguments } from './bind-arguments.ts'
import { bodyEnvironment } from './body-environment.ts'
import { findRoutine } from './find-routine.ts'
import { placeArguments } from './place-arguments.ts'
import { tableFunctionBody, unfit } from './routine-body.ts'

/** A table function of a dataset, read as its query with the arguments in place, as a view is. */
export function resolveTableCall(node: TableFunction, env: Environment): FromScope {
  const { context } = env
  const routine = findRoutine(node.name, env)
  if (routine.kind !== 'table_function') {
    throw new Failure('query_invalid', { detail: `${routineName(routine)} is no table function.` })
  }
  context.functions.set(routineName(routine), 'table_function')
  if (routine.language !== 'sql') throw unfit(routine, 'is not written in SQL, so that what it reads cannot be checked')
  const args = placeArguments(node.args, routine)
  // The body stands where the call stood, and no column there can be told from one of the body's own.
  const alone = scopeOf({ ...env, outer: undefined }, emptyFrom)
  const parameters = bindArguments(
    routine,
    args.map(argument => resolveExpression(argument, alone)),
  )
  const query = tableFunctionBody(routine)
  const relation = resolveQuery(query, bodyEnvironment(routine, parameters, env))
  if (routine.columns !== undefined) checkColumns(relation, routine.columns, routineName(routine))
  context.tableCalls.set(node, { routine, parameters, query })
  return rowsNamed(node.alias?.text, relation)
}

/** Columns that are declared are those of the body, or it is not what BigQuery checked when it was made. */
export function checkColumns({ columns }: Relation, declared: readonly StructField[], id: string): void {
  const shown = columns.filter(column => column.isPseudo !== true)
  const isSame =
    shown.length === declared.length &&
    declared.every(({ name, type }, at) => {
      const own = shown[at]
      return sameName(own?.name ?? '', name) && (own?.type === undefined || typeText(own.type) === typeText(type))
    })
  if (!isSame)
    throw new Failure('cannot_govern', { detail: `The body of ${id} yields other columns than it declares.` })
}
