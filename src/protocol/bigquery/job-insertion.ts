import { z } from 'zod'
import { integer, jobName, labels, locationName, projectName } from './names.ts'
import { queryConfiguration } from './query-config.ts'
import { copyConfiguration, extractConfiguration, loadConfiguration } from './transfer-config.ts'

const jobReference = z.strictObject({
  projectId: projectName.exactOptional(),
  jobId: jobName.exactOptional(),
  location: locationName.exactOptional(),
})

function insertionOf<Shape extends z.core.$ZodLooseShape>(configuration: Shape) {
  return z.strictObject({
    kind: z.literal('bigquery#job').exactOptional(),
    jobReference: jobReference.exactOptional(),
    configuration: z.strictObject({
      jobType: z.enum(['QUERY', 'LOAD', 'COPY', 'EXTRACT']).exactOptional(),
      labels: labels.exactOptional(),
      jobTimeoutMs: integer.exactOptional(),
      ...configuration,
    }),
  })
}

/** A job that a client wants: one of four kinds. Only of a query can it be asked what it would do. */
export const queryInsertion = insertionOf({ query: queryConfiguration, dryRun: z.boolean().exactOptional() })
export type QueryInsertion = z.infer<typeof queryInsertion>

const noDryRun = { dryRun: z.literal(false, { error: 'is for queries' }).exactOptional() }
export const transferInsertions = {
  load: insertionOf({ load: loadConfiguration, ...noDryRun }),
  copy: insertionOf({ copy: copyConfiguration, ...noDryRun }),
  extract: insertionOf({ extract: extractConfiguration, ...noDryRun }),
}
export type TransferKind = keyof typeof transferInsertions

/** Which kind of transfer a job is; undefined for a query. */
export function transferKindIn(body: unknown): TransferKind | undefined {
  const { configuration } = (body ?? {}) as { configuration?: object }
  const kinds = Object.keys(transferInsertions) as TransferKind[]
  return kinds.find(kind => Object.hasOwn(configuration ?? {}, kind))
}
