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

/** False where BigQuery has learnt a type that this code has not. */
export function hasKnownType(field: WireField): boolean {
  return isStruct(field) ? (field.fields ?? []).every(hasKnownType) : scalarIn(field) !== undefined
}

export function columnTypeOf(field: WireField): ColumnType {
  const element = elementTypeOf(field)
  return field.mode === 'REPEATED' ? { kind: 'array', element } : element
}

function elementTypeOf(field: WireField): ColumnType {
  if (isStruct(field)) {
    const fields = (field.fields ?? []).map(inner => ({ name: inner.name, type: columnTypeOf(inner) }))
    return { kind: 'struct', fields }
  }
  const name = scalarIn(field)
  if (name === undefined) {
    throw new Failure('warehouse_failed', { detail: `The type ${field.type} of ${field.name} is not known.` })
  }
  const scalar: ColumnType = { kind: 'scalar', name }
  return field.type.toUpperCase() === 'RANGE' ? { kind: 'range', element: scalar } : scalar
}

function isStruct({ type }: WireField): boolean {
  return /^(record|struct)$/i.test(type)
}

/** The type of a scalar field, or of what a range is over. */
function scalarIn({ type, rangeElementType }: WireField): ScalarType | undefined {
  const written = /^range$/i.test(type) ? (rangeElementType?.type ?? '') : type
  const name = written.toUpperCase()
  return olderNames[name] ?? scalarTypes.find(known => known === name)
}
