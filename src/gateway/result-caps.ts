import { least } from '../base/least.ts'
import type { Obligation, ResultCaps } from '../model/decision.ts'

/** The tightest of what the obligations let be kept of a page. */
export function resultCaps(obligations: readonly Obligation[]): ResultCaps {
  const caps = obligations.flatMap(obligation => (obligation.kind === 'record_result' ? [obligation] : []))
  const maxRows = least(...caps.map(cap => cap.maxRows))
  const maxBytes = least(...caps.map(cap => cap.maxBytes))
  return { ...(maxRows !== undefined && { maxRows }), ...(maxBytes !== undefined && { maxBytes }) }
}
