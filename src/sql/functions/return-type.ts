import type { ColumnType } from '../../model/column-type.ts'
import type { Typed } from '../types/typed.ts'
import type { KnownFunction } from './known-function.ts'

/** The type of a call; `args` are its arguments in order, with the target of a chained call first and without `*`. */
export function returnType(known: KnownFunction, args: readonly Typed[]): ColumnType | undefined {
  return known.returns(args)
}
