import { z } from 'zod'

export const bigqueryOptions = z.strictObject({
  absentUseLegacySql: z
    .enum(['refuse', 'standard'])
    .default('refuse')
    .describe('What a request without `useLegacySql` means: BigQuery reads it as legacy SQL, which is refused.'),
  defaultMaxRows: z
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe('Rows of a page where the client names no number.'),
  defaultWaitMs: z.int().min(0).max(200_000).default(10_000).describe('How long an answer waits for a running job.'),
  maxWaitMs: z.int().min(0).max(200_000).default(200_000).describe('Longest such wait that a client may ask for.'),
  maxOpenJobs: z
    .int()
    .min(1)
    .max(100_000)
    .default(1_000)
    .describe('Jobs that a replica remembers; others are looked for at BigQuery.'),
  maxUploadBytes: z
    .int()
    .min(1_024)
    .default(1_073_741_824)
    .describe('Largest file that a load may bring along; it is passed on as it comes.'),
  maxOpenUploads: z.int().min(1).max(10_000).default(100).describe('Files that may be coming in parts at one time.'),
  maxParameterBytes: z.int().min(1_024).default(1_048_576).describe('Largest sum of parameter values of one query.'),
})
export type BigQueryOptions = Readonly<z.infer<typeof bigqueryOptions>>
