import { nearestNames } from '../../base/nearest-names.ts'
import type { Identifier } from '../../googlesql/ast/name.ts'
import type { Declare, SetVariable } from '../../googlesql/ast/script.ts'
import { Failure } from '../../model/failure.ts'
import { readExpressionPart } from '../part.ts'
import { writtenType } from '../resolve/literal-types.ts'
import { isNamed } from '../resolve/lookup.ts'
import { type Column, mergeReads, noReads, type Reads, type Value } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'
import { lastingReads } from '../resolve/temporary-table.ts'
import { openPart, type ScriptState } from './state.ts'

/** `DECLARE a, b type DEFAULT value`; without a type it is the value's. */
export function declare({ names, type, default: value }: Declare, state: ScriptState): void {
  const given = value === undefined ? undefined : readExpressionPart(value, openPart(state), 'select')
  if (given !== undefined) state.parts.push(given.part)
  for (const name of names) {
    const own = type === undefined ? settled({ name: undefined, ...nothing, ...given?.value }).type : writtenType(type)
    addVariable(name.text, { type: own, reads: given?.value.reads ?? noReads }, state)
  }
}

const nothing: Value = { type: undefined, reads: noReads }

/** The variables behind it see every name before them; a column of the same name comes before a variable. */
export function addVariable(name: string, { type, reads }: Value, state: ScriptState): void {
  if (type === undefined) {
    throw new Failure('cannot_govern', {
      detail: `The type of the variable ${name} is not known to Sluice.`,
      next: `Give it a type that BigQuery has: DECLARE ${name} STRING, for example.`,
    })
  }
  state.variables = [{ name, type, reads: lastingReads(reads) }, ...state.variables]
}

/** `SET a = value`, `SET (a, b) = value`. What each of several gets is not told apart. */
export function setVariables({ targets, value }: SetVariable, state: ScriptState): void {
  const names = targets.map(target => {
    if (target.kind === 'Identifier') return target
    const name = target.kind === 'SystemVariable' ? target.parts.map(({ text }) => text).join('.') : target.name
    throw new Failure('statement_unsupported', {
      detail: `SET @@${name} is not served: it would change how later statements are read or labelled.`,
    })
  })
  const given = readExpressionPart(value, openPart(state), 'select')
  state.parts.push(given.part)
  for (const name of names) assign(name, given.value.reads, state)
}

/** What a variable held before may still be there, so its reads only grow. A new value is noted even if it derives from nothing. */
export function assign({ text }: Identifier, reads: Reads, state: ScriptState): void {
  const at = state.variables.findIndex(variable => isNamed(variable, text))
  const variable = state.variables[at]
  if (variable === undefined) {
    const known = state.variables.flatMap(({ name }) => name ?? [])
    throw new Failure('unknown_name', {
      detail: `There is no variable ${text}.`,
      suggestions: nearestNames(text, known),
    })
  }
  const grown: Column = { ...variable, reads: mergeReads(variable.reads, lastingReads(reads)) }
  state.variables = state.variables.with(at, grown)
}

/** Reads statements whose own variables end with them. */
export function withOwnVariables(state: ScriptState, read: () => void): void {
  const count = state.variables.length
  read()
  state.variables = state.variables.slice(state.variables.length - count)
}
