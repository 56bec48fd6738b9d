import { z } from 'zod'

/** Settings of the gateway itself, which is pure and so cannot own a schema. */
export const gatewayOptions = z.strictObject({
  environment: z.string().min(1).default('production').describe('What policy calls this place, e.g. `production`.'),
  jobKey: z
    .string()
    .min(32)
    .optional()
    .describe(
      'Secret of all replicas that marks whose a job is and seals what is kept with it; where absent, jobs are forgotten at a restart.',
    ),
  maskKey: z
    .string()
    .min(32)
    .optional()
    .describe('Secret of the mask `hmac_sha256`; where absent, a policy that asks for it refuses the query.'),
  dryRun: z
    .enum(['when_needed', 'always'])
    .default('when_needed')
    .describe('When BigQuery is asked for a dry run first.'),
  maxQueryBytes: z.int().min(1_000).max(1_048_576).default(262_144).describe('Longest query text.'),
  maxRowsPerPage: z
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe('Most rows of one page, whatever a client asks.'),
  defaultTimeoutMs: z
    .int()
    .min(1_000)
    .max(21_600_000)
    .default(300_000)
    .describe('Time limit of a query where neither policy nor client sets one.'),
})
export type GatewayOptions = Readonly<z.infer<typeof gatewayOptions>>
