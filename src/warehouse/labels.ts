import { createHash } from 'node:crypto'
import { principalId } from '../model/principal.ts'
import type { Started, TransferStarted } from '../model/session-event.ts'

/** Labels by which BigQuery's own audit log leads back to the record. Sluice's win over the policy's, and those over the client's. */
export function jobLabels(started: Started | TransferStarted): Record<string, string> {
  const given = started.decision.obligations.flatMap(obligation =>
    obligation.kind === 'job_label' ? [[labelKey(obligation.key), labelText(obligation.value)]] : [],
  )
  const own = Object.entries(started.asked.labels ?? {}).map(([key, value]) => [labelKey(key), labelText(value)])
  const { origin, decision, principal } = started
  const toolUse = origin.client.toolUseId
  return {
    ...Object.fromEntries([...own, ...given]),
    sluice_session: labelText(origin.sessionId),
    sluice_request: labelText(origin.requestId),
    sluice_decision: labelText(decision.id),
    sluice_principal: createHash('sha256').update(principalId(principal)).digest('hex').slice(0, 32),
    ...(toolUse === undefined ? {} : { sluice_tool_use: labelText(toolUse) }),
  }
}

/** Label values have at most 63 characters: lower-case letters, digits, `_` and `-`. */
function labelText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '_')
    .slice(0, 63)
}

/** Keys also begin with a letter. */
function labelKey(text: string): string {
  const key = labelText(text)
  return /^[a-z]/.test(key) ? key : `l_${key}`.slice(0, 63)
}
