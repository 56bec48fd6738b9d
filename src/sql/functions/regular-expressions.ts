import { familyOf } from './known-function.ts'
import { arrayOfResult, bool, int64, text } from './rules.ts'

export const regularExpressionFunctions = familyOf('scalar', {
  REGEXP_CONTAINS: bool,
  REGEXP_EXTRACT: text,
  REGEXP_EXTRACT_ALL: arrayOfResult(text),
  REGEXP_INSTR: int64,
  REGEXP_REPLACE: text,
  REGEXP_SUBSTR: text,
})
