import { z } from 'zod'
import type { Refusal } from '../../gateway/outcome.ts'
import type { Reason } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import { showText } from './show-text.ts'

const reason = z.strictObject({
  code: z.string(),
  message: z.string(),
  policy: z.string(),
  table: z.string().optional(),
  column: z.string().optional(),
})

/** Why a call gave no answer, in a form that an agent can act on. */
export const toolError = z.strictObject({
  code: z.string().describe('policy_denied, approval_required, or the code of a failure.'),
  message: z.string(),
  reasons: z.array(reason).describe('What policy objects to.'),
  next: z.string().describe('What to do next.'),
  try: z.string().optional().describe('The query changed as little as policy would allow: ready to send.'),
  line: z.int().optional(),
  column: z.int().optional(),
  expected: z.string().optional(),
  suggestions: z.array(z.string()).optional().describe('Names that exist and may be meant.'),
  decision_id: z.string().optional(),
})
export type ToolError = z.infer<typeof toolError>

export function errorOfFailure(failure: Failure): ToolError {
  const { line, column, expected, suggestions } = failure.details
  return {
    code: failure.code,
    message: showText(failure.message),
    reasons: [],
    next: showText(failure.next),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(expected === undefined ? {} : { expected }),
    ...(suggestions === undefined ? {} : { suggestions: suggestions.map(showText) }),
  }
}

export function errorOfRefusal(refusal: Refusal): ToolError {
  const decision_id = refusal.decision.id
  if (refusal.state === 'denied') {
    const { repair } = refusal
    return {
      ...{
        code: 'policy_denied',
        message: 'Policy denies this.',
        reasons: refusal.reasons.map(shownReason),
        decision_id,
      },
      next: 'Change the query as the reasons say. The same query will be denied again.',
      ...(repair === undefined ? {} : { try: showText(repair) }),
    }
  }
  const approvers = [...new Set(refusal.approvals.flatMap(({ approverGroups }) => approverGroups))]
  return {
    code: 'approval_required',
    message: `Somebody must approve this first. ${refusal.approvals.map(({ message }) => message).join(' ')}`,
    reasons: [],
    next: `Ask a member of ${approvers.join(' or ')}.`,
    decision_id,
  }
}

export function shownReason({ code, message, policy, table, column }: Reason): ToolError['reasons'][number] {
  return {
    ...{ code, message: showText(message), policy },
    ...(table === undefined ? {} : { table: showText(table) }),
    ...(column === undefined ? {} : { column: showText(column) }),
  }
}
