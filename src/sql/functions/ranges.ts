import { familyOf } from './known-function.ts'
import { bool, element, first, rangeOfArguments } from './rules.ts'

export const rangeFunctions = familyOf('scalar', {
  RANGE: rangeOfArguments,
  RANGE_CONTAINS: bool,
  RANGE_END: element,
  RANGE_INTERSECT: first,
  RANGE_OVERLAPS: bool,
  RANGE_START: element,
})
