import type { ForIn, Loop, Repeat, While } from '../../googlesql/ast/script.ts'
import type { StructField } from '../../model/column-type.ts'
import { readQueryPart } from '../part.ts'
import { type Column, mergeReads, type Reads, type Value } from '../resolve/relation.ts'
import { settled } from '../resolve/rows.ts'
import type { TemporaryTable } from '../resolve/temporary-table.ts'
import { conditionally, openPart, type ScriptState } from './state.ts'
import { addVariable, withOwnVariables } from './variables.ts'

export type LoopStatement = Loop | While | Repeat | ForIn

/**
 * Reads a loop so that what a round leaves behind is known to the next one: after the first reading everything that the
 * loop fills counts as filled from all that any of it was, and then it is read again. Loops within it need no more.
 */
export function readLoop(state: ScriptState, body: () => void): void {
  conditionally(state, () => {
    if (state.isInLoop) {
      body()
      return
    }
    const before = { variables: state.variables, temporary: new Map(state.temporary), parts: state.parts.length }
    state.isInLoop = true
    body()
    widen(state, before)
    state.parts.length = before.parts
    body()
    state.isInLoop = false
  })
}

type Before = { readonly variables: readonly Column[]; readonly temporary: ReadonlyMap<string, TemporaryTable> }

function widen(state: ScriptState, before: Before): void {
  const isChanged = (variable: Column, at: number) => variable !== before.variables[at]
  const filled = [...state.temporary].filter(([name, table]) => table !== before.temporary.get(name))
  const all: Reads = mergeReads(
    ...state.variables.filter(isChanged).map(({ reads }) => reads),
    ...filled.flatMap(([, { fills }]) => fills),
  )
  state.variables = state.variables.map((variable, at) =>
    isChanged(variable, at) ? { ...variable, reads: all } : variable,
  )
  for (const [name, { table, fills }] of filled) state.temporary.set(name, { table, fills: fills.map(() => all) })
}

/** `FOR row IN (query) DO …`: each row is a struct in a variable. */
export function readForIn({ variable, query }: ForIn, state: ScriptState, body: () => void): void {
  const { part, columns } = readQueryPart(query, openPart(state))
  state.parts.push(part)
  withOwnVariables(state, () => {
    addVariable(variable.text, rowOf(columns), state)
    body()
  })
}

function rowOf(columns: readonly Column[]): Value {
  const shown = columns.filter(({ isPseudo }) => isPseudo !== true).map(settled)
  const fields = shown.flatMap(({ name, type }): StructField[] =>
    type === undefined ? [] : [{ name: name ?? '', type }],
  )
  return {
    type: fields.length === shown.length ? { kind: 'struct', fields } : undefined,
    reads: mergeReads(...shown.map(({ reads }) => reads)),
  }
}
