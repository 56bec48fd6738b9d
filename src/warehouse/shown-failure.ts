import { asFailure, type Failure } from '../model/failure.ts'
import type { GovernedText } from '../model/governed.ts'
import { withoutValues } from './error-reasons.ts'

/** BigQuery's error text is content: where masks or filters apply, the client gets the reason without the text. */
export function shownFailure(thrown: unknown, { applied }: Pick<GovernedText, 'applied'>): Failure {
  const failure = asFailure(thrown)
  return applied.masks.length + applied.filters.length > 0 ? withoutValues(failure) : failure
}
