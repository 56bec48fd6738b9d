import { z } from 'zod'
import { timeFromText } from '../rows/row.ts'

const text = z.string().default('')
const texts = z.array(z.string()).default([])
const decidedRow = z.object({
  ts: z.string(),
  event_id: z.string(),
  type: z.string(),
  tenant: text,
  session_id: text,
  request_id: text,
  principal: text,
  email: text,
  principal_kind: text,
  purpose: text,
  action: text,
  fingerprint: text,
  tables: texts,
  decision_id: text,
  revision: text,
  effect: text,
  reason_codes: texts,
  policies: texts,
  decision: z.string(),
  job_id: text,
})
const notifyDuty = z.object({ kind: z.literal('notify'), channel: z.string(), message: z.string() })
const decisionDocument = z.object({ obligations: z.array(z.unknown()) })

/** What a webhook is told. The text of the query stays on record: its literals may be data. */
export type Notification = Omit<z.infer<typeof decidedRow>, 'ts' | 'decision' | 'event_id'> & {
  /** The same for each try, and after a restart. */
  readonly id: string
  readonly at: string
  readonly channel: string
  readonly message: string
}

/** The notifications that the policy asked for with the decision that a row of `events` tells of. */
export function notificationsOf(json: Buffer): readonly Notification[] {
  // Nearly no row has one, and rows are large.
  if (!json.includes('notify')) return []
  const row = JSON.parse(json.toString())
  if (typeof row.decision !== 'string') return []
  const { ts, decision, event_id, ...facts } = decidedRow.parse(row)
  const { obligations } = decisionDocument.parse(JSON.parse(decision))
  const duties = obligations.flatMap(duty => notifyDuty.safeParse(duty).data ?? [])
  return duties.map(({ channel, message }, index) => {
    return { id: `${event_id}.${index}`, at: timeFromText(ts).toISOString(), channel, message, ...facts }
  })
}
