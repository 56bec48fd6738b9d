import type { ColumnType } from '../../model/column-type.ts'
import type { FunctionClass } from '../../model/statement.ts'

/** How a function's type follows from its arguments, where it does. */
export type Returns = ColumnType | 'first' | 'second' | 'array of first' | 'element of first' | undefined

/** A row of the function table: nothing that is not in it is ever sent. */
export type KnownFunction = { readonly class: FunctionClass; readonly returns: Returns }
