import { isScalar } from '../types/type-makers.ts'
import { familyOf, type Returns } from './known-function.ts'
import { common, first, float64, int64, numeric, ofArguments } from './rules.ts'

/** A literal percentile makes it a FLOAT64, here alone: it does not become a NUMERIC beside one. */
const percentile: Returns = args => {
  const isDecimal = args.every(({ type }) => isScalar(type, 'NUMERIC') || isScalar(type, 'BIGNUMERIC'))
  return isDecimal ? numeric(args) : float64(args)
}

export const windowFunctions = familyOf('window', {
  CUME_DIST: float64,
  DENSE_RANK: int64,
  FIRST_VALUE: first,
  LAG: ofArguments([0, 2], common),
  LAST_VALUE: first,
  LEAD: ofArguments([0, 2], common),
  NTH_VALUE: first,
  NTILE: int64,
  PERCENTILE_CONT: percentile,
  PERCENTILE_DISC: first,
  PERCENT_RANK: float64,
  RANK: int64,
  ROW_NUMBER: int64,
})
