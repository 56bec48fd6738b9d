import { z } from 'zod'
import { detectorNames, type RowFilter } from '../model/decision.ts'

const text = z.string().min(1)
const label = z.string().max(63)
const scalar = z.union([
  z.string(),
  z.boolean(),
  z.number().refine(isExact, 'must be exact; send large numbers as text'),
])

const fieldCondition = {
  type: z.literal('field'),
  field: text,
}

// A comparison with null is neither true nor false, so a value that is null is a mistake everywhere but in isNull.
const comparison = z.strictObject({
  ...fieldCondition,
  operator: z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge']),
  value: scalar,
})
const membership = z.strictObject({
  ...fieldCondition,
  operator: z.enum(['in', 'notIn']),
  value: z.array(scalar).min(1),
})
const pattern = z.strictObject({ ...fieldCondition, operator: z.enum(['like', 'startsWith']), value: z.string() })
const nullTest = z.strictObject({ ...fieldCondition, operator: z.enum(['isNull', 'notNull']), value: z.null() })

const condition: z.ZodType<RowFilter> = z.lazy(() =>
  z.union([comparison, membership, pattern, nullTest, junction, negation]),
)

const junction = z.strictObject({
  type: z.literal('compound'),
  operator: z.enum(['and', 'or']),
  value: z.array(condition).min(1),
})
const negation = z.strictObject({
  type: z.literal('compound'),
  operator: z.literal('not'),
  value: z.array(condition).length(1),
})

const guard = { guard: z.boolean().optional() }
const rowFilter = z.union([
  comparison.extend(guard),
  membership.extend(guard),
  pattern.extend(guard),
  nullTest.extend(guard),
  junction.extend(guard),
  negation.extend(guard),
])

const reason = z.strictObject({
  code: text,
  message: text,
  policy: text,
  table: text.optional(),
  column: text.optional(),
  statement: text.optional(),
})

const limits = z.strictObject({
  maximum_bytes_billed: z.int().min(1).optional(),
  max_rows: z.int().min(0).optional(),
  timeout_ms: z.int().min(1).optional(),
})

/** The answer, version 1. Every part must be there; kinds of masks and obligations are told apart by their readers. */
export const answerDocument = z
  .strictObject({
    effect: z.enum(['allow', 'deny', 'approval_required']),
    reasons: z.array(reason),
    masks: z.record(text, z.record(text, z.strictObject({ kind: text }))),
    row_filters: z.record(text, z.array(rowFilter).min(1)),
    limits,
    approvals: z.array(z.strictObject({ code: text, message: text, approver_groups: z.array(text).min(1) })),
    needs: z.array(z.literal('estimate')).max(1),
    obligations: z.array(z.looseObject({ kind: text })),
    redact: z.array(z.string().regex(/^(\/([^~/]|~0|~1)*)+$/)),
    policies: z.array(text),
  })
  .refine(answer => (answer.effect === 'deny') === answer.reasons.length > 0, 'a deny has reasons, and only a deny')
  .refine(
    answer => answer.effect === 'deny' || (answer.effect === 'approval_required') === answer.approvals.length > 0,
    'an answer that waits for approvals names them, and no other does',
  )

export const knownObligation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('job_label'),
    key: label.regex(/^[a-z][a-z0-9_-]*$/),
    value: label.regex(/^[a-z0-9_-]*$/),
  }),
  z.strictObject({ kind: z.literal('notify'), channel: text, message: text }),
  z.strictObject({
    kind: z.literal('detect'),
    detector: z.enum(detectorNames),
    action: z.enum(['redact', 'note', 'refuse']),
  }),
  z
    .strictObject({
      kind: z.literal('record_result'),
      max_rows: z.int().min(0).optional(),
      max_bytes: z.int().min(0).optional(),
    })
    .refine(caps => caps.max_rows !== undefined || caps.max_bytes !== undefined, 'caps neither rows nor bytes'),
])

export function isKnownObligation(kind: string): boolean {
  return knownObligation.options.some(({ shape }) => shape.kind.value === kind)
}

function isExact(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
}
