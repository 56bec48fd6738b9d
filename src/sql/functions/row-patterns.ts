import { familyOf } from './known-function.ts'
import { first, int64, string } from './rules.ts'

/** Functions of MATCH_RECOGNIZE. */
export const rowPatternFunctions = {
  ...familyOf('aggregate', { FIRST: first, LAST: first }),
  ...familyOf('scalar', {
    CLASSIFIER: string,
    MATCH_NUMBER: int64,
    MATCH_ROW_NUMBER: int64,
    NEXT: first,
    PREV: first,
  }),
}
