import type { NamedParameter, PositionalParameter } from '../googlesql/ast/literal.ts'
import type { Node } from '../googlesql/ast/node.ts'
import { rewrite } from '../googlesql/rewrite.ts'
import { visit } from '../googlesql/walk.ts'
import { Failure } from '../model/failure.ts'
import type { QueryParameter } from '../model/parameter.ts'

export type NamedParameters<N extends Node> = { readonly tree: N; readonly parameters: readonly QueryParameter[] }

/**
 * A query whose parameters all have names and values. Positional ones get names, because governing moves parts of the
 * query about. Throws `query_invalid` where the text and the values do not fit.
 */
export function nameParameters<N extends Node>(tree: N, given: readonly QueryParameter[]): NamedParameters<N> {
  const places: PositionalParameter[] = []
  let missing: NamedParameter | undefined
  visit(tree, {
    PositionalParameter: place => places.push(place),
    NamedParameter: parameter => {
      if (!isGiven(parameter.name, given)) missing ??= parameter
    },
  })
  const positional = given.filter(({ name }) => name === undefined)
  if (missing !== undefined)
    throw new Failure('query_invalid', { detail: `The parameter @${missing.name} has no value.` })
  if (given.some(({ name }) => name?.startsWith('_sl_') === true)) {
    throw new Failure('query_invalid', { detail: 'Names of parameters that begin with _sl_ are taken.' })
  }
  if (places.length !== positional.length) {
    const detail = `The query has ${places.length} positional parameters, and ${positional.length} values were sent.`
    throw new Failure('query_invalid', { detail })
  }
  if (places.length === 0) return { tree, parameters: given }
  if (positional.length < given.length) {
    throw new Failure('query_invalid', { detail: 'Parameters are named or positional, not both.' })
  }
  places.sort((left, right) => left.at.start - right.at.start)
  const names = new Map(places.map((place, index) => [place, `p${index + 1}`]))
  return {
    tree: rewrite(tree, {
      PositionalParameter: (node, original): NamedParameter => {
        return { kind: 'NamedParameter', name: names.get(original) ?? '', at: node.at }
      },
    }),
    parameters: given.map((parameter, index) => ({ ...parameter, name: `p${index + 1}` })),
  }
}

function isGiven(name: string, given: readonly QueryParameter[]): boolean {
  return given.some(parameter => parameter.name?.toLowerCase() === name.toLowerCase())
}
