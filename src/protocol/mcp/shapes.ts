import { z } from 'zod'

/** What policy did to an answer; models see structured content only, so it stands inside. */
export const notice = z.strictObject({
  kind: z.enum(['mask', 'row_filter', 'row_limit', 'content']),
  message: z.string(),
  table: z.string().optional(),
  column: z.string().optional(),
})

export const estimate = z.strictObject({
  bytes_processed: z.number(),
  accuracy: z.enum(['precise', 'lower_bound', 'upper_bound', 'unknown']),
})

export const statementSummary = z.strictObject({
  kind: z.string().describe('SELECT, INSERT, …'),
  tables: z.array(z.string()).describe('Every table it reads or writes, those behind views too.'),
})

export const queryText = z.string().min(1).describe('One GoogleSQL statement.')

export const queryParams = z
  .record(z.string().min(1).max(128), z.unknown())
  .describe('Values of @parameters: bare ones, or {"type": "DATE", "value": "2026-01-31"} where JSON has no such type.')

export const purpose = z.string().min(1).max(500).describe('Why this is asked; it goes on record.')

/** Part of a name of a project, dataset or table, which goes into a text between backticks. */
export const namePart = z.string().regex(/^[^`\\\p{C}]{1,1024}$/u, { error: 'is not a name' })
