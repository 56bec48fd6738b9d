import type { Argument } from '../../googlesql/ast/call.ts'
import type { Expression } from '../../googlesql/ast/expression.ts'
import { type CatalogRoutine, routineName } from '../../model/catalog.ts'
import { Failure } from '../../model/failure.ts'
import { plainArgument } from '../plain-argument.ts'
import { sameName } from '../table-name.ts'

/** What a call gives to each parameter of a routine, in their order: `f(1, b => 2)`. Throws `query_invalid` where they do not fit. */
export function placeArguments(args: readonly Argument[], routine: CatalogRoutine): readonly Expression[] {
  const { parameters } = routine
  if (args.length !== parameters.length) {
    throw unfitting(routine, `takes ${parameters.length} arguments, and ${args.length} are given`)
  }
  const placed = new Map<number, Expression>()
  for (const [index, argument] of args.entries()) {
    const at = argument.kind === 'NamedArgument' ? parameterNamed(argument.name.text, routine) : index
    if (placed.has(at)) throw unfitting(routine, `gets its argument ${parameters[at]?.name} twice`)
    const value = plainArgument(argument.kind === 'NamedArgument' ? argument.value : argument)
    if (value === undefined) throw unfitting(routine, 'takes plain expressions as its arguments')
    placed.set(at, value)
  }
  return parameters.flatMap((_, at) => placed.get(at) ?? [])
}

function parameterNamed(name: string, routine: CatalogRoutine): number {
  const at = routine.parameters.findIndex(parameter => sameName(parameter.name, name))
  if (at < 0) throw unfitting(routine, `has no parameter ${name}`)
  return at
}

function unfitting(routine: CatalogRoutine, why: string): Failure {
  return new Failure('query_invalid', { detail: `${routineName(routine)} ${why}.` })
}
