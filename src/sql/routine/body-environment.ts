import { type CatalogRoutine, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import type { Environment } from '../resolve/context.ts'
import type { BoundParameter } from './bind-arguments.ts'
import { unfit } from './routine-body.ts'

/** BigQuery's own bound of views, which lead to routines and back. */
const maxDepth = 16
/** A routine that calls two routines, each of which calls two, would fill the memory. */
const maxCalls = 1_000
const maxCharacters = 1_000_000

/** The place that a routine's body is read in: its parameters and nothing else of the query around it. */
export function bodyEnvironment(
  routine: CatalogRoutine,
  parameters: readonly BoundParameter[],
  { context, defaults }: Environment,
): Environment {
  const id = routineName(routine)
  if (context.within.includes(id) || context.within.length >= maxDepth)
    throw unfit(routine, 'leads to itself, or too deep')
  refuseTooMuch(
    [...context.calls.values(), ...context.tableCalls.values()].map(call => call.routine),
    routine,
  )
  return {
    context: { ...context, within: [...context.within, id] },
    // What the text itself makes is read where the text is.
    defaults: routine.ref.dataset === '' ? defaults : { project: routine.ref.project },
    ...{ commonTables: undefined, outer: undefined, variables: parameters.map(({ column }) => column) },
  }
}

function refuseTooMuch(called: readonly CatalogRoutine[], next: CatalogRoutine): void {
  const characters = [...called, next].reduce((sum, { body }) => sum + body.length, 0)
  if (called.length < maxCalls && characters <= maxCharacters) return
  throw new Failure('cannot_govern', {
    detail: `The query calls routines ${called.length} times and more, with all that these call.`,
    next: 'Call fewer routines in one query.',
  })
}
