import { asFailure, Failure, type FailureCode } from '../model/failure.ts'
import { type ApiError, errorReasons } from './error-reasons.ts'

/** What BigQuery says first when a query fails as it runs. What follows may quote a value of a row. */
const runTimeErrors = [
  'Array cannot have a null element',
  'Array index',
  'Bad bool value',
  'Bad double value',
  'Bad int64 value',
  'Cannot parse regular expression',
  'Could not cast',
  'Division by zero',
  'Failed to parse input',
  'Float64 overflow',
  'Int64 overflow',
  'Invalid NUMERIC value',
  'Invalid date',
  'Invalid datetime',
  'Invalid time',
  'Invalid timestamp',
  'Numeric overflow',
  'Resources exceeded during query execution',
  'Scalar subquery produced more than one element',
] as const

const ofBigQuery: ReadonlySet<FailureCode> = new Set(Object.values(errorReasons))

/**
 * Predicates of the client's may run on rows that a filter would drop, so the text of a run-time error can carry a value
 * that nobody may see: where masks or filters apply, the client gets the reason, the place and the kind of error.
 */
export function shownFailure(thrown: unknown, isProtected: boolean): Failure {
  const failure = asFailure(thrown)
  const { detail } = failure.details
  if (!isProtected || detail === undefined || !ofBigQuery.has(failure.code)) return failure
  const { reason = '', location = '' } = failure.cause as Partial<ApiError>
  const kind = runTimeErrors.find(start => detail.toLowerCase().startsWith(start.toLowerCase()))
  const place = /^\w+$/.test(location) ? ` in ${location}` : ''
  const said = `BigQuery's reason is ${errorReasons[reason] === undefined ? 'not known' : reason}${place}`
  const shown = `${kind === undefined ? '' : `${kind}. `}${said}; masks or filters apply, so its message is withheld.`
  return new Failure(failure.code, { detail: shown }, { cause: failure })
}
