import { z } from 'zod'

const signatureAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'] as const

const bundleKey = z.strictObject({
  id: z
    .string()
    .min(1)
    .describe('The name of the key: where a signature names one that is configured, only that one is tried.'),
  algorithm: z.enum(signatureAlgorithms).describe('The only algorithm that counts for this key.'),
  publicKeyPath: z.string().min(1).describe('File with the public key in PEM.'),
})

const policySource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('directory').describe('A folder of Rego, compiled by opa at start and when a file changes.'),
    path: z.string().min(1).describe('The policy repository.'),
  }),
  z.strictObject({
    kind: z.literal('bundle').describe('A bundle file made by `opa build -t wasm`, loaded again when it changes.'),
    path: z.string().min(1).describe('The bundle, a .tar.gz file.'),
  }),
])

export const policyOptions = z.strictObject({
  source: policySource.describe('Where the policy comes from.'),
  keys: z.array(bundleKey).default([]).describe('Keys that sign bundles. With any, an unsigned bundle is refused.'),
  scope: z.string().min(1).optional().describe('The scope that a signature must name.'),
  opaPath: z.string().min(1).default('opa').describe('The opa command, for a source that is a directory.'),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone').default('UTC').describe('The zone of `input.time`.'),
  timeoutMs: z.int().min(1).max(10_000).default(250).describe('An answer that takes longer refuses the query.'),
  maxInputBytes: z
    .int()
    .min(4_096)
    .max(1_048_576)
    .default(262_144)
    .describe('Largest input document; a query that needs more is refused.'),
  pollIntervalMs: z.int().min(50).max(600_000).default(1_000).describe('How often the source is looked at.'),
  usdPerTebibyte: z.number().min(0).default(6.25).describe('Price of a tebibyte, for `input.query.estimate.usd`.'),
})

export type BundleKey = Readonly<z.infer<typeof bundleKey>>
export type PolicyOptions = Readonly<z.infer<typeof policyOptions>>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
