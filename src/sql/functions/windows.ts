import { familyOf } from './known-function.ts'
import { common, first, float64, int64, ofArguments, real } from './rules.ts'

export const windowFunctions = familyOf('window', {
  CUME_DIST: float64,
  DENSE_RANK: int64,
  FIRST_VALUE: first,
  LAG: ofArguments([0, 2], common),
  LAST_VALUE: first,
  LEAD: ofArguments([0, 2], common),
  NTH_VALUE: first,
  NTILE: int64,
  PERCENTILE_CONT: real,
  PERCENTILE_DISC: first,
  PERCENT_RANK: float64,
  RANK: int64,
  ROW_NUMBER: int64,
})
