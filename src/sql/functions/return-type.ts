import type { ColumnType } from '../../model/column-type.ts'
import type { Typed } from '../types/typed.ts'
import type { KnownFunction } from './known-function.ts'

/**
 * The type of a call. `args` are its arguments in order, the target of a chained call first; `*` is none, a lambda has the
 * type of its body, and a word keeps its place with any type.
 */
export function returnType(known: KnownFunction, args: readonly Typed[]): ColumnType | undefined {
  return known.returns(args)
}

/** As `returnType`; a call that never returns fits every type, as NULL does. */
export function callType(known: KnownFunction, args: readonly Typed[]): Typed {
  const type = returnType(known, args)
  return known.class === 'error' ? { type, literal: 'null' } : { type }
}
