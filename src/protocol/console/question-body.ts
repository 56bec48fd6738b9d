import { z } from 'zod'
import type { RecordQuestion } from '../../model/record-question.ts'

const text = z.string().min(1).max(1_024)
const time = z.iso.datetime().transform(written => new Date(written))
const span = { since: time.exactOptional(), until: time.exactOptional() }
const limit = z.int().min(1).max(1_000_000)

const filter = z.strictObject({
  sessionId: text.exactOptional(),
  person: text.exactOptional(),
  group: text.exactOptional(),
  agent: text.exactOptional(),
  table: text.exactOptional(),
  column: text.exactOptional(),
  effect: z.enum(['allow', 'deny', 'approval_required']).exactOptional(),
  reason: text.exactOptional(),
  minBytesBilled: z.int().min(0).exactOptional(),
  text: text.exactOptional(),
  ...span,
})

/** What `POST /records` takes: one question, by the name of what is asked. */
export const questionBody: z.ZodType<RecordQuestion> = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('sessions'), filter, limit }),
  z.strictObject({ ask: z.literal('session'), session: text }),
  z.strictObject({ ask: z.literal('replay'), session: text }),
  z.strictObject({ ask: z.literal('export'), filter, limit }),
  z.strictObject({ ask: z.literal('tail'), filter }),
  z.strictObject({ ask: z.literal('who_read'), column: text, ...span }),
  z.strictObject({ ask: z.literal('who_exported'), table: text.exactOptional(), minRows: z.int().min(0), ...span }),
  z.strictObject({ ask: z.literal('report'), ...span }),
  z.strictObject({ ask: z.literal('proof'), ...span }),
])
