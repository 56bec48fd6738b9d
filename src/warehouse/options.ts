import { z } from 'zod'

const credentials = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('adc') }),
    z.strictObject({
      kind: z.literal('impersonation'),
      targetPrincipal: z.email().describe('The service account that queries run as.'),
      lifetimeSeconds: z.int().min(60).max(43_200).default(3_600).describe('How long one of its tokens lives.'),
    }),
    z.strictObject({ kind: z.literal('none') }),
  ])
  .default({ kind: 'adc' })

export const warehouseOptions = z.strictObject({
  project: z.string().min(1).describe('The project that jobs run in, and that completes names.'),
  location: z.string().min(1).default('US').describe('Where jobs run when the client names no location.'),
  apiEndpoint: z
    .url()
    .optional()
    .describe('Another BigQuery API than Google’s, such as an emulator: its URL without `/bigquery/v2`.'),
  credentials: credentials.describe(
    '`adc` (application default), `impersonation` of a service account, or `none` (an emulator).',
  ),
  requestTimeoutMs: z.int().min(1_000).max(600_000).default(60_000).describe('Longest wait for one API call.'),
  pollTimeoutMs: z.int().min(100).max(200_000).default(2_000).describe('How long one call waits for a running job.'),
  catalogTtlSeconds: z.int().min(0).max(86_400).default(60).describe('How long a table’s columns are believed.'),
  catalogMaxTables: z.int().min(10).max(1_000_000).default(10_000).describe('How many tables the catalog remembers.'),
  maxPageBytes: z.int().min(1_024).max(1_073_741_824).default(20_971_520).describe('Largest page of a result.'),
  classificationsPath: z
    .string()
    .optional()
    .describe('A JSON or YAML file of column tags: `project.dataset.table`, then column path, then a list of tags.'),
})

export type WarehouseOptions = Readonly<z.infer<typeof warehouseOptions>>
