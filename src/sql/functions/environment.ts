import { familyOf } from './known-function.ts'
import { float64, int64, string } from './rules.ts'

/** Functions whose answer depends on more than their arguments, or that stop the query. */
export const environmentFunctions = {
  ...familyOf('nondeterministic', { GENERATE_UUID: string, RAND: float64 }),
  ...familyOf('session', { SESSION_USER: string }),
  ...familyOf('error', { ERROR: int64 }),
}
