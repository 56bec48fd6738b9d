import { familyOf } from './known-function.ts'
import { common, ofArguments } from './rules.ts'

export const conditionalFunctions = familyOf('scalar', {
  COALESCE: common,
  IF: ofArguments([1, 2], common),
  IFNULL: common,
  NULLIF: common,
})
