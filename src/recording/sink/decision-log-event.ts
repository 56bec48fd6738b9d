import { z } from 'zod'
import { timeFromText } from '../rows/row.ts'

const text = z.string().default('')
const decidedRow = z.object({
  ts: z.string(),
  type: z.string(),
  tenant: text,
  writer: text,
  seq: z.int(),
  session_id: text,
  request_id: text,
  issuer: text,
  subject: text,
  principal_kind: text,
  client_ip: text,
  trace_id: text,
  purpose: text,
  project: text,
  sql: text,
  fingerprint: text,
  statement_kind: text,
  statement_class: text,
  decision_id: text,
  revision: text,
  effect: text,
  decision: text,
  erased: z.array(z.string()).default([]),
})

/** OPA's EventV1. https://www.openpolicyagent.org/docs/management-decision-logs */
export type DecisionLogEvent = {
  readonly labels: Readonly<Record<string, string>>
  readonly decision_id: string
  readonly bundles: Readonly<Record<string, { readonly revision: string }>>
  readonly path: string
  readonly input: object
  readonly result: unknown
  readonly erased: readonly string[]
  readonly requested_by: string
  readonly timestamp: string
  readonly trace_id?: string
  readonly req_id: number
}

/** The decision that a row of `events` tells of; none where it tells of something else. */
export function decisionLogEvent(json: string): DecisionLogEvent | undefined {
  const row = decidedRow.parse(JSON.parse(json))
  if (row.effect === '') return undefined
  const { decision_id, writer, tenant, revision, erased, client_ip, trace_id, seq } = row
  return {
    labels: { id: writer, app: 'sluice', tenant },
    decision_id,
    bundles: { sluice: { revision } },
    path: 'gateway/decision',
    input: {
      query: { text: row.sql, fingerprint: row.fingerprint, kind: row.statement_kind, class: row.statement_class },
      identity: { issuer: row.issuer, subject: row.subject, kind: row.principal_kind },
      session: { id: row.session_id, request: row.request_id, purpose: row.purpose },
      project: row.project,
    },
    result: row.decision === '' ? { effect: row.effect } : JSON.parse(row.decision),
    erased,
    requested_by: client_ip,
    timestamp: timeFromText(row.ts).toISOString(),
    ...(trace_id !== '' && { trace_id }),
    req_id: seq,
  }
}
