import { z } from 'zod'

export const verificationOptions = z.strictObject({
  mode: z
    .enum(['required', 'when_available'])
    .default('required')
    .describe("`required` refuses queries while Google's analyzer is missing; else node-sql-parser stands in for it."),
  workers: z.int().min(1).max(64).default(2).describe('Threads that read governed queries, one instance each.'),
  timeoutMs: z.int().min(50).max(60_000).default(3_000).describe('A reading that takes longer refuses the query.'),
  queueLimit: z.int().min(0).max(10_000).default(200).describe('Queries that may wait for a free thread.'),
  cacheEntries: z.int().min(1).max(1_000_000).default(5_000).describe('Readings that are remembered.'),
  maxMemoryBytes: z
    .int()
    .min(33_554_432)
    .max(4_294_967_296)
    .default(268_435_456)
    .describe('A thread whose instance has grown beyond this is replaced.'),
})

export type VerificationOptions = Readonly<z.infer<typeof verificationOptions>>
