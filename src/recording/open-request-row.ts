import { z } from 'zod'
import { protocols } from '../model/origin.ts'
import type { OpenChange } from './open-requests.ts'
import { timeFromText } from './rows/row.ts'

const text = z.string().default('')

/** Printed rows leave out what is empty. */
const closingRow = z.object({ type: z.string(), request_id: text, job_id: text })

/** What a start's row must hold for an `Interrupted` event to be made of it. */
const startedRow = z.object({
  ts: z.string(),
  session_id: text,
  request_id: text,
  issuer: text,
  subject: text,
  email: text,
  principal_kind: z.enum(['agent', 'human', 'bi', 'service']),
  groups: z.array(z.string()).default([]),
  attributes: z.string().default('{}'),
  credential_id: text,
  credential_expires: z.string(),
  protocol: z.enum(protocols),
  client_name: text,
  client_version: text,
  client_ip: text,
  user_agent: text,
  job_project: text,
  job_id: text,
  job_location: text,
})
type StartedRow = z.infer<typeof startedRow>

/** The change that a line of a segment stands for: the counterpart of `openChange` after a restart. */
export function openChangeOfRow(json: string): OpenChange | undefined {
  const parsed: unknown = JSON.parse(json)
  const row = closingRow.parse(parsed)
  switch (row.type) {
    case 'started':
      return { opens: openRequestOf(startedRow.parse(parsed)) }
    case 'delivered':
    case 'denied':
    case 'held':
      return undefined
    default:
      return { closes: { requestId: row.request_id, ...(row.job_id !== '' && { jobId: row.job_id }) } }
  }
}

function openRequestOf(row: StartedRow) {
  return {
    startedAt: timeFromText(row.ts),
    origin: {
      sessionId: row.session_id,
      requestId: row.request_id,
      client: {
        protocol: row.protocol,
        name: row.client_name,
        version: row.client_version,
        ip: row.client_ip,
        userAgent: row.user_agent,
      },
    },
    principal: {
      issuer: row.issuer,
      subject: row.subject,
      groups: row.groups,
      ...(row.email !== '' && { email: row.email }),
      kind: row.principal_kind,
      attributes: z.record(z.string(), z.string()).parse(JSON.parse(row.attributes)),
      credentialId: row.credential_id,
      expiresAt: timeFromText(row.credential_expires),
    },
    job: { project: row.job_project, jobId: row.job_id, location: row.job_location },
  }
}
