import { arrayOf, scalar, structOf } from '../types/type-makers.ts'
import { familyOf, type Returns } from './known-function.ts'
import { arrayOfResult, bytes, first, float64, int64, numeric, ofArguments } from './rules.ts'

const weight = ofArguments([1], numeric)

const topCount: Returns = args => {
  const value = first(args)
  return value && arrayOf(structOf({ value, count: scalar('INT64') }))
}

const topSum: Returns = args => {
  const value = first(args)
  const sum = weight(args)
  return value && sum && arrayOf(structOf({ value, sum }))
}

/** Approximate aggregates, and the sketches that they are kept in. */
export const approximateFunctions = {
  ...familyOf('aggregate', {
    APPROX_COUNT_DISTINCT: int64,
    APPROX_QUANTILES: arrayOfResult(first),
    APPROX_TOP_COUNT: topCount,
    APPROX_TOP_SUM: topSum,
    'HLL_COUNT.INIT': bytes,
    'HLL_COUNT.MERGE': int64,
    'HLL_COUNT.MERGE_PARTIAL': bytes,
    'KLL_QUANTILES.INIT_FLOAT64': bytes,
    'KLL_QUANTILES.INIT_INT64': bytes,
    'KLL_QUANTILES.MERGE_FLOAT64': arrayOfResult(float64),
    'KLL_QUANTILES.MERGE_INT64': arrayOfResult(int64),
    'KLL_QUANTILES.MERGE_PARTIAL': bytes,
    'KLL_QUANTILES.MERGE_POINT_FLOAT64': float64,
    'KLL_QUANTILES.MERGE_POINT_INT64': int64,
  }),
  ...familyOf('scalar', {
    'HLL_COUNT.EXTRACT': int64,
    'KLL_QUANTILES.EXTRACT_FLOAT64': arrayOfResult(float64),
    'KLL_QUANTILES.EXTRACT_INT64': arrayOfResult(int64),
    'KLL_QUANTILES.EXTRACT_POINT_FLOAT64': float64,
    'KLL_QUANTILES.EXTRACT_POINT_INT64': int64,
  }),
}
