import { isScalar } from '../types/type-makers.ts'
import { familyOf, type Returns } from './known-function.ts'
import { arrayOfResult, bool, bytes, first, float64, int64, numeric, orInterval, real, text, untold } from './rules.ts'

/** BYTES, which a string literal becomes, or an INT64. */
const bits: Returns = args => {
  const isText = isScalar(args[0]?.type, 'BYTES') || args[0]?.literal === 'string'
  return isText ? bytes(args) : int64(args)
}

export const aggregateFunctions = familyOf('aggregate', {
  ANY_VALUE: first,
  ARRAY_AGG: arrayOfResult(first),
  ARRAY_CONCAT_AGG: first,
  AVG: orInterval(real),
  BIT_AND: bits,
  BIT_OR: bits,
  BIT_XOR: bits,
  CORR: float64,
  COUNT: int64,
  COUNTIF: int64,
  COVAR_POP: float64,
  COVAR_SAMP: float64,
  GROUPING: int64,
  LOGICAL_AND: bool,
  LOGICAL_OR: bool,
  MAX: first,
  MAX_BY: first,
  MIN: first,
  MIN_BY: first,
  STDDEV: float64,
  STDDEV_POP: float64,
  STDDEV_SAMP: float64,
  STRING_AGG: text,
  SUM: orInterval(numeric),
  VARIANCE: float64,
  VAR_POP: float64,
  VAR_SAMP: float64,
  AGG: untold,
})
