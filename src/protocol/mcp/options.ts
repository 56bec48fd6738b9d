import { z } from 'zod'

export const mcpOptions = z.strictObject({
  defaultMaxRows: z.int().min(1).max(100_000).default(500).describe('Rows of a page where the client names no number.'),
  maxResultChars: z
    .int()
    .min(4_000)
    .max(4_000_000)
    .default(100_000)
    .describe('Longest rows of one answer, as JSON; the rest comes with the next page.'),
  maxOpenJobs: z
    .int()
    .min(1)
    .max(100_000)
    .default(1_000)
    .describe('Jobs that a replica remembers for further pages; others are looked for at BigQuery.'),
  keepAliveMs: z.int().min(1_000).max(120_000).default(15_000).describe('Pause between signs of life on a stream.'),
  authorizationServers: z
    .array(z.url())
    .default([])
    .describe('Where clients get tokens for this gateway; by default the configured issuers.'),
  scopes: z.array(z.string().min(1)).default([]).describe('Scopes that clients should ask for.'),
})
export type McpOptions = Readonly<z.infer<typeof mcpOptions>>
