import { z } from 'zod'
import { type ColumnType, type ScalarType, scalarTypes } from '../model/column-type.ts'
import { Failure } from '../model/failure.ts'

/** A field of a schema, as BigQuery's REST API has it. */
export type WireField = {
  readonly name: string
  readonly type: string
  readonly mode?: string | undefined
  readonly description?: string | undefined
  readonly fields?: readonly WireField[] | undefined
  readonly policyTags?: { readonly names?: readonly string[] | undefined } | undefined
  readonly rangeElementType?: { readonly type: string } | undefined
}

export const wireField: z.ZodType<WireField> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.string(),
    mode: z
      .string()
      .nullish()
      .transform(mode => mode ?? undefined),
    description: z
      .string()
      .nullish()
      .transform(text => text ?? undefined),
    fields: z.array(wireField).optional(),
    policyTags: z
      .object({ names: z.array(z.string()).optional() })
      .nullish()
      .transform(tags => tags ?? undefined),
    rangeElementType: z.object({ type: z.string() }).optional(),
  }),
)

/** The REST API still says some types by their older names. */
const olderNames: Readonly<Record<string, ScalarType>> = {
  INTEGER: 'INT64',
  FLOAT: 'FLOAT64',
  BOOLEAN: 'BOOL',
  DECIMAL: 'NUMERIC',
  BIGDECIMAL: 'BIGNUMERIC',
}

export function columnTypeOf(field: WireField): ColumnType {
  const element = elementTypeOf(field)
  return field.mode === 'REPEATED' ? { kind: 'array', element } : element
}

function elementTypeOf(field: WireField): ColumnType {
  const name = field.type.toUpperCase()
  if (name === 'RECORD' || name === 'STRUCT') {
    const fields = (field.fields ?? []).map(inner => ({ name: inner.name, type: columnTypeOf(inner) }))
    return { kind: 'struct', fields }
  }
  if (name === 'RANGE') return { kind: 'range', element: scalarOf(field.rangeElementType?.type ?? 'DATE', field.name) }
  return scalarOf(name, field.name)
}

function scalarOf(name: string, column: string): ColumnType {
  const scalar = olderNames[name] ?? scalarTypes.find(known => known === name)
  if (scalar !== undefined) return { kind: 'scalar', name: scalar }
  throw new Failure('catalog_unavailable', { detail: `The type ${name} of ${column} is not known.` })
}
