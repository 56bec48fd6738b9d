import { type CatalogRoutine, type RoutineParameter, routineName } from '../../model/catalog.ts'
import { type ColumnType, typeText } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { Column, Value } from '../resolve/relation.ts'
import { isSettled, settled } from '../resolve/rows.ts'
import { supertype } from '../types/supertype.ts'
import { isSameType } from '../types/type-makers.ts'

/** A parameter with what a call gives it: a column, as the body sees it. */
export type BoundParameter = {
  readonly column: Column
  /** What the argument must be cast to, to be what the body sees: inside of it nothing is a literal. */
  readonly castTo: ColumnType | undefined
}

/** A value for each parameter, in their order. Throws `query_invalid` where a type does not fit. */
export function bindArguments(routine: CatalogRoutine, values: readonly Value[]): readonly BoundParameter[] {
  return routine.parameters.map((parameter, at) => bind(parameter, values[at] as Value, routine))
}

function bind(parameter: RoutineParameter, value: Value, routine: CatalogRoutine): BoundParameter {
  const { name } = parameter
  const given = settled({ ...value, name })
  const type = parameter.type ?? given.type
  if (parameter.type !== undefined && !becomes(value, parameter.type)) {
    const found = value.type === undefined ? 'of another type' : typeText(value.type)
    const detail = `The argument ${name} of ${routineName(routine)} is ${found}, not ${typeText(parameter.type)}.`
    throw new Failure('query_invalid', { detail })
  }
  if (isSettled(value) && isSame(given.type, type)) return { column: { ...given, type }, castTo: undefined }
  return { column: { name, type, reads: value.reads }, castTo: type }
}

/** Whether a value is taken for the type without a cast. One whose type is not known is BigQuery's to judge. */
function becomes(value: Value, type: ColumnType): boolean {
  if (value.type === undefined) return true
  const common = supertype([{ type }, value])
  return common !== undefined && isSameType(common, type)
}

function isSame(given: ColumnType | undefined, wanted: ColumnType | undefined): boolean {
  return given === undefined || wanted === undefined ? given === wanted : isSameType(given, wanted)
}
