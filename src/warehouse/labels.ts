import { createHash } from 'node:crypto'
import { principalId } from '../model/principal.ts'
import type { Started, TransferStarted } from '../model/session-event.ts'

export const sessionLabel = 'sluice_session'
export const requestLabel = 'sluice_request'
const clientIdLabel = 'sluice_job'
const clientIdHexLabel = 'sluice_job_hex'
const maxLength = 63

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
    [sessionLabel]: labelText(origin.sessionId),
    [requestLabel]: labelText(origin.requestId),
    sluice_decision: labelText(decision.id),
    sluice_principal: createHash('sha256').update(principalId(principal)).digest('hex').slice(0, 32),
    ...(toolUse === undefined ? {} : { sluice_tool_use: labelText(toolUse) }),
    ...clientIdLabels(started.asked.jobId),
  }
}

/** The client's own id for its job, where a label has room for it; it is there under Sluice's id in any case. */
function clientIdLabels(id: string | undefined): Record<string, string> {
  if (id === undefined) return {}
  if (labelText(id) === id) return { [clientIdLabel]: id }
  const hex = Buffer.from(id).toString('hex')
  return hex.length > maxLength ? {} : { [clientIdHexLabel]: hex }
}

export function clientIdIn(labels: Readonly<Record<string, string>>): string | undefined {
  const hex = labels[clientIdHexLabel]
  return hex === undefined ? labels[clientIdLabel] : Buffer.from(hex, 'hex').toString('utf8')
}

/** The labels of a job that are not Sluice's own. */
export function clientLabelsIn(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('sluice_')))
}

/** Label values have at most 63 characters: lower-case letters, digits, `_` and `-`. */
export function labelText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '_')
    .slice(0, maxLength)
}

/** Keys also begin with a letter. */
function labelKey(text: string): string {
  const key = labelText(text)
  return /^[a-z]/.test(key) ? key : `l_${key}`.slice(0, maxLength)
}
