import type { Decision } from '../model/decision.ts'
import type { StatementFacts } from '../model/statement.ts'
import type { Refusal } from './outcome.ts'
import type { Ports } from './ports.ts'
import type { Visit } from './query.ts'

/** Puts the policy's no on record and makes the answer of it, with a query that would be allowed where there is one. */
export async function refuse(
  visit: Visit,
  statement: StatementFacts,
  decision: Decision,
  ports: Ports,
  repair?: string,
): Promise<Refusal> {
  const { principal, origin, asked } = visit
  const event = { at: ports.now(), principal, origin, asked, statement, decision }
  if (decision.effect === 'approval_required') {
    const recorded = await ports.record({ ...event, type: 'held', approvals: decision.approvals })
    return { state: 'held', approvals: decision.approvals, decision, recorded }
  }
  const recorded = await ports.record({ ...event, type: 'denied', reasons: decision.reasons })
  const { reasons } = decision
  return { state: 'denied', reasons, decision, recorded, ...(repair === undefined ? {} : { repair }) }
}
