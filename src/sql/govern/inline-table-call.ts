import type { Expression } from '../../googlesql/ast/expression.ts'
import type { CommonTable, Query } from '../../googlesql/ast/query.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { SubqueryReference, TableFunction } from '../../googlesql/ast/table.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { Failure } from '../../model/failure.ts'
import { tableId } from '../../model/table-ref.ts'
import { findFunction } from '../functions/find-function.ts'
import type { Context, ExpandedTableCall } from '../resolve/context.ts'
import type { Column } from '../resolve/relation.ts'
import { nameOf } from '../routine/named-routines.ts'
import { placeArguments } from '../routine/place-arguments.ts'
import { cast, identifier, item, path, query, scalarSubquery, select, subquery } from './build.ts'
import { tableNamed } from './hoist.ts'
import { hasNames, replaceVariables } from './replace-variables.ts'

/** The entry that holds arguments which are no constants; fresh names are numbered, so that none of them is this one. */
const argumentsName = '_sl_arguments'

/** The query of a table function in the place of its call, which has its own tables and calls replaced already. */
export function inlineTableCall(
  call: TableFunction,
  expanded: ExpandedTableCall,
  body: Query,
  { variableUses }: Context,
): SubqueryReference {
  const { routine, parameters } = expanded
  const given = placeArguments(call.args, routine).map((value, index) => {
    const castTo = parameters[index]?.castTo
    return castTo === undefined ? value : cast(value, castTo)
  })
  const bound = parameters.filter((_, index) => !isConstant(given[index] as Expression))
  const values = parameters.map(({ column }, index): [Column, Expression] => {
    const isBound = bound.some(parameter => parameter.column === column)
    return [column, isBound ? argumentNamed(column) : (given[index] as Expression)]
  })
  const replaced = replaceVariables(body, new Map(values), variableUses)
  const items = parameters.flatMap((parameter, index) => {
    return bound.includes(parameter) ? [item(given[index] as Expression, parameter.column.name ?? '')] : []
  })
  const inner = items.length === 0 ? replaced : withArguments(replaced, items, expanded)
  return { ...subquery(inner, call.alias?.text), postfix: call.postfix, lateral: call.lateral }
}

/** The same wherever it stands and however often it is evaluated. */
function isConstant(value: Expression): boolean {
  const isStable = nodesOf(value, 'FunctionCall').every(({ name }) => findFunction(nameOf(name))?.class === 'scalar')
  return isStable && !hasNames(value) && nodesOf(value, 'Query').length === 0
}

function argumentNamed({ name = '' }: Column): Expression {
  const value = path(argumentsName, name)
  return scalarSubquery(query(select({ items: [item(value, name)], from: tableNamed(argumentsName, undefined) })))
}

function withArguments(
  body: Query,
  items: readonly ReturnType<typeof item>[],
  { routine, query: own }: ExpandedTableCall,
): Query {
  if (nodesOf(own, 'Identifier').some(({ text }) => text.toLowerCase() === argumentsName)) {
    throw new Failure('cannot_govern', {
      detail: `The body of ${tableId(routine.ref)} uses the name ${argumentsName}.`,
    })
  }
  const row = query(select({ items, from: undefined }))
  const entry: CommonTable = { kind: 'CommonTable', name: identifier(argumentsName), query: row, depth: undefined, at }
  const nested = { kind: 'NestedQuery', query: body, alias: undefined, at } as const
  return query(nested, { with: { kind: 'WithClause', recursive: false, entries: [entry], at } })
}
