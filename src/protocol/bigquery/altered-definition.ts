import { z } from 'zod'
import { clustering, timePartitioning } from './destination-config.ts'
import { withoutMaskedNote } from './masked-note.ts'
import { changedLabels, columnName, integer } from './names.ts'
import { spared } from './spared.ts'

const text = z.string().max(16_384).nullable().exactOptional()
const digits = integer.transform(String).nullable().exactOptional()

/** What tables and datasets can be told anew. */
const told = {
  description: text,
  friendlyName: text,
  labels: changedLabels.exactOptional(),
}

/** Tags of the organization, which `bq` always sends: none to attach, none to remove. */
const noTags = z.strictObject({}).exactOptional()

/** Whatever else a resource has when it is read is taken back, and changes nothing. */
const shownAlone = Object.fromEntries(
  [
    ...['kind', 'etag', 'id', 'selfLink', 'type', 'location', 'creationTime', 'lastModifiedTime'],
    ...['numRows', 'numBytes'],
    ...['numLongTermBytes', 'numTotalLogicalBytes', 'numActiveLogicalBytes', 'numLongTermLogicalBytes'],
  ].map(name => [name, z.string().exactOptional()]),
)

const policyTags = z.strictObject({
  names: z
    .array(z.string())
    .max(0, { error: 'are not changed through Sluice; those that are there stay' })
    .exactOptional(),
})

export type AlteredField = {
  readonly name: string
  readonly type: string
  readonly mode?: 'NULLABLE' | 'REQUIRED' | 'REPEATED'
  readonly description?: string | null
  readonly fields?: readonly AlteredField[]
}

/** A column as it shall be, or as it is. */
const alteredField: z.ZodType<AlteredField> = z.lazy(() =>
  z
    .strictObject({
      name: columnName,
      type: z.string().regex(/^\w{1,30}$/),
      mode: z.enum(['NULLABLE', 'REQUIRED', 'REPEATED']).exactOptional(),
      description: text,
      maxLength: digits,
      precision: digits,
      scale: digits,
      rangeElementType: z.strictObject({ type: z.string().regex(/^\w{1,30}$/) }).exactOptional(),
      policyTags: policyTags.nullable().exactOptional(),
      fields: z.array(alteredField).exactOptional(),
    })
    .transform(({ policyTags: _, description, ...field }) => ({ ...field, ...spared(ownDescription(description)) })),
)

function ownDescription(shown: string | null | undefined): { readonly description: string | null | undefined } {
  const own = shown ? withoutMaskedNote(shown) : shown
  // Nothing but the note: the column has no description.
  return { description: own === '' && shown !== '' ? undefined : own }
}

/** What a table can be told anew. */
export const alteredTable = z
  .strictObject({
    ...shownAlone,
    ...told,
    tableReference: z.unknown().optional(),
    resourceTags: noTags,
    schema: z
      .strictObject({ fields: z.array(alteredField).min(1) })
      .nullable()
      .exactOptional(),
    expirationTime: digits,
    requirePartitionFilter: z.boolean().exactOptional(),
    timePartitioning: timePartitioning.exactOptional(),
    clustering: clustering.nullable().exactOptional(),
  })
  .transform(withoutShown)

/** The same of a dataset. */
export const alteredDataset = z
  .strictObject({
    ...shownAlone,
    ...told,
    datasetReference: z.unknown().optional(),
    resourceTags: noTags,
    defaultTableExpirationMs: digits,
    defaultPartitionExpirationMs: digits,
    /** As it is: it is not changed through Sluice. */
    maxTimeTravelHours: z.string().exactOptional(),
  })
  .transform(withoutShown)

const unchanged = new Set([...Object.keys(shownAlone), 'tableReference', 'datasetReference', 'resourceTags'])

/** A schema that is null is one that `bq` was not given. */
function withoutShown(resource: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const changes = Object.entries(resource).filter(([name]) => !unchanged.has(name))
  return Object.fromEntries(changes.filter(([name, value]) => name !== 'schema' || value !== null))
}
