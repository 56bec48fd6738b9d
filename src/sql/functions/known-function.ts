import type { ColumnType } from '../../model/column-type.ts'
import type { FunctionClass } from '../../model/statement.ts'
import type { Typed } from '../types/typed.ts'

/** How a function's type follows from its arguments; undefined where it cannot be told. */
export type Returns = (args: readonly Typed[]) => ColumnType | undefined

/** The place of an argument that is a bare word and no expression: `MONTH` in `DATE_TRUNC(d, MONTH)`. */
export type WordArgument = { readonly at: number; readonly words: readonly string[] }

/** A row of the function table: nothing that is not in it is ever sent. */
export type KnownFunction = { readonly class: FunctionClass; readonly returns: Returns; readonly word?: WordArgument }

/** A family of functions by their names in upper case. */
export type FunctionFamily = Readonly<Record<string, KnownFunction>>

/** Functions of one class, a row each. */
export function familyOf(functionClass: FunctionClass, rows: Readonly<Record<string, Returns>>): FunctionFamily {
  return Object.fromEntries(Object.entries(rows).map(([name, returns]) => [name, { class: functionClass, returns }]))
}

/** Scalar functions that take a word. */
export function familyWithWord(word: WordArgument, rows: Readonly<Record<string, Returns>>): FunctionFamily {
  return Object.fromEntries(Object.entries(rows).map(([name, returns]) => [name, { class: 'scalar', returns, word }]))
}
