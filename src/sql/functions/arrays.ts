import { isScalar } from '../types/type-makers.ts'
import type { Returns } from './known-function.ts'
import { familyOf } from './known-function.ts'
import {
  arrayOfResult,
  bytes,
  common,
  date,
  element,
  first,
  firstArray,
  int64,
  numeric,
  string,
  timestamp,
} from './rules.ts'

const joinedText: Returns = args => (isScalar(element(args), 'BYTES') ? bytes(args) : string(args))

export const arrayFunctions = {
  ...familyOf('scalar', {
    ARRAY_CONCAT: common,
    ARRAY_FIRST: element,
    ARRAY_LAST: element,
    ARRAY_LENGTH: int64,
    ARRAY_REVERSE: firstArray,
    ARRAY_SLICE: firstArray,
    ARRAY_TO_STRING: joinedText,
  }),
  ...familyOf('generator', {
    GENERATE_ARRAY: arrayOfResult(numeric),
    GENERATE_DATE_ARRAY: arrayOfResult(date),
    GENERATE_RANGE_ARRAY: arrayOfResult(first),
    GENERATE_TIMESTAMP_ARRAY: arrayOfResult(timestamp),
  }),
}
