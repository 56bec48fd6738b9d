import type { OptionEntry } from '../../googlesql/ast/name.ts'
import { nodesOf } from '../../googlesql/walk.ts'
import { type CatalogRoutine, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { TableRef } from '../../model/table-ref.ts'
import { findFunction } from '../functions/find-function.ts'
import { type Environment, resolveExpression, resolveQuery, scopeOf } from '../resolve/context.ts'
import { emptyFrom, noReads, realize } from '../resolve/relation.ts'
import { definedName, type RoutineDefinition, routineMadeBy } from '../routine/made-routine.ts'
import { nameOf } from '../routine/named-routines.ts'
import { checkColumns } from '../routine/resolve-table-call.ts'
import { checkParts } from './definition.ts'

/** CREATE FUNCTION and its like: what the body reads, the statement reads, and the body is stored as it is governed. */
export function resolveRoutineDefinition(definition: RoutineDefinition, env: Environment): void {
  const ref = definedName(definition, env.defaults)
  checkDefinition(definition, ref, env)
  const routine = routineMadeBy(definition, ref)
  if (routine.language === 'sql') readBody(definition, routine, env)
  else noteProgram(definition, routine, env)
}

/** What is true of every definition, whatever its body is. */
export function checkDefinition(definition: RoutineDefinition, ref: TableRef, env: Environment): void {
  refuseBuiltIn(definition, ref)
  if (definition.options !== undefined) checkParts(definition.options, env)
}

/** A call of a built-in function, such as `sha256` and `net.host`, means that function to every reader, now and later. */
function refuseBuiltIn({ name }: RoutineDefinition, { dataset, table }: TableRef): void {
  const known = [nameOf(name), `${dataset}.${table}`].find(text => findFunction(text) !== undefined)
  if (known === undefined) return
  throw new Failure('query_invalid', { detail: `A routine cannot be called ${known}, as a function of BigQuery is.` })
}

function readBody(definition: RoutineDefinition, routine: CatalogRoutine, env: Environment): void {
  refuseParameters(definition)
  const { context } = env
  const variables = routine.parameters.map(({ name, type }) => ({ name, type, reads: noReads }))
  const inner: Environment = { ...env, commonTables: undefined, outer: undefined, variables }
  const known = context.scans.size
  if (definition.kind === 'CreateFunction' && definition.body !== undefined) {
    realize(resolveExpression(definition.body, scopeOf(inner, emptyFrom)).reads, 'select')
  }
  if (definition.kind === 'CreateTableFunction' && definition.body?.kind === 'Query') {
    const relation = resolveQuery(definition.body, inner)
    for (const column of relation.columns) realize(column.reads, 'select')
    if (routine.columns !== undefined) checkColumns(relation, routine.columns, routineName(routine))
  }
  const isTemplate = routine.parameters.some(({ type }) => type === undefined)
  if (isTemplate && context.scans.size > known) {
    throw new Failure('cannot_govern', {
      detail: 'A routine with ANY TYPE that reads tables is checked by nobody when it is made.',
      next: 'Give every parameter a type.',
    })
  }
}

/** Its values are those of one request, and the routine outlives it. */
function refuseParameters(definition: RoutineDefinition): void {
  const kinds = ['NamedParameter', 'PositionalParameter'] as const
  if (kinds.every(kind => nodesOf(definition, kind).length === 0)) return
  throw new Failure('query_invalid', { detail: 'A routine cannot name a parameter of the query.' })
}

/** What is written in another language cannot be read, so that policy must grant its class; libraries come from outside. */
function noteProgram(
  definition: RoutineDefinition,
  { ref, kind, language }: CatalogRoutine,
  { context }: Environment,
): void {
  const isConnected = definition.kind !== 'CreateTableFunction' && definition.connection !== undefined
  if (isConnected || kind !== 'scalar_function' || (language !== 'javascript' && language !== 'python')) {
    throw new Failure('statement_unsupported', {
      detail: 'Routines in other languages are served as functions in JavaScript or Python, and without a connection.',
    })
  }
  context.functions.set(routineName({ ref }), language)
  const isLibrary = ({ name }: OptionEntry) => name.text.toLowerCase() === 'library'
  if (definition.options?.entries.some(isLibrary) === true)
    context.functions.set(`${routineName({ ref })} library`, 'external')
}
