import { scalar } from '../types/type-makers.ts'
import { familyOf } from './known-function.ts'
import { always, string } from './rules.ts'

export const conversionFunctions = familyOf('scalar', {
  PARSE_BIGNUMERIC: always(scalar('BIGNUMERIC')),
  PARSE_NUMERIC: always(scalar('NUMERIC')),
  STRING: string,
  TYPEOF: string,
})
