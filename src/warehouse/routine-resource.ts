import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CatalogRoutine, RoutineKind, RoutineLanguage, RoutineParameter } from '../model/catalog.ts'
import { type ColumnType, scalarTypes } from '../model/column-type.ts'

const optionalText = z
  .string()
  .nullish()
  .transform(text => text ?? undefined)

/** A type as the REST API writes those of routines. */
type WireType = {
  readonly typeKind: string
  readonly arrayElementType?: WireType | null | undefined
  readonly rangeElementType?: WireType | null | undefined
  readonly structType?: { readonly fields: readonly WireTypeField[] } | null | undefined
}
type WireTypeField = { readonly name?: string | null | undefined; readonly type: WireType }

const wireType: z.ZodType<WireType> = z.lazy(() =>
  z.object({
    typeKind: z.string(),
    arrayElementType: wireType.nullish(),
    rangeElementType: wireType.nullish(),
    structType: z.object({ fields: z.array(wireTypeField).default([]) }).nullish(),
  }),
)
const wireTypeField = z.object({ name: z.string().nullish(), type: wireType })

const wireArgument = z.object({
  name: z.string().default(''),
  argumentKind: z.string().nullish(),
  mode: z.string().nullish(),
  dataType: wireType.nullish(),
  isAggregate: z.boolean().nullish(),
})

/** A routine as `routines.get` gives it. */
export const routineResource = z.object({
  routineReference: z.object({ projectId: z.string(), datasetId: z.string(), routineId: z.string() }),
  routineType: z.string(),
  language: z.string().nullish(),
  arguments: z.array(wireArgument).nullish(),
  returnType: wireType.nullish(),
  returnTableType: z.object({ columns: z.array(wireTypeField) }).nullish(),
  definitionBody: z.string().default(''),
  remoteFunctionOptions: z.unknown().optional(),
  description: optionalText,
})
type RoutineResource = z.infer<typeof routineResource>

const kinds: Readonly<Record<string, RoutineKind>> = {
  SCALAR_FUNCTION: 'scalar_function',
  AGGREGATE_FUNCTION: 'aggregate_function',
  TABLE_VALUED_FUNCTION: 'table_function',
  PROCEDURE: 'procedure',
}
const languages: Readonly<Record<string, RoutineLanguage>> = {
  SQL: 'sql',
  JAVASCRIPT: 'javascript',
  PYTHON: 'python',
}
const modes: Readonly<Record<string, RoutineParameter['mode']>> = { IN: 'in', OUT: 'out', INOUT: 'inout' }

/** Undefined for a routine of a kind that is not known. One with a type that is not known is in a language that is not. */
export function catalogRoutineOf(resource: RoutineResource): CatalogRoutine | undefined {
  const { projectId: project, datasetId: dataset, routineId: table } = resource.routineReference
  const kind = kinds[resource.routineType]
  if (kind === undefined) return undefined
  const returns = typeOf(resource.returnType)
  const columns = resource.returnTableType?.columns.map(fieldOf)
  const shape = {
    ...{ ref: { project, dataset, table }, kind, language: isReadable(resource) ? languageOf(resource) : 'other' },
    parameters: (resource.arguments ?? []).map(parameterOf),
    body: resource.definitionBody,
    ...(returns === undefined ? {} : { returns }),
    ...(columns === undefined ? {} : { columns: columns.flatMap(column => column ?? []) }),
    ...(resource.description === undefined ? {} : { description: resource.description }),
  } as const
  // Not the server's own: a body may be replaced within the second that it counts in.
  return { ...shape, etag: createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32) }
}

function languageOf({ language, remoteFunctionOptions }: RoutineResource): RoutineLanguage {
  if (remoteFunctionOptions !== undefined && remoteFunctionOptions !== null) return 'remote'
  return languages[language ?? 'SQL'] ?? 'other'
}

/** Whether every type that the resource has is one that Sluice knows. */
function isReadable({ arguments: given, returnType, returnTableType }: RoutineResource): boolean {
  const isKnown = (type: WireType | null | undefined) => !type || typeOf(type) !== undefined
  const areKnown = (given ?? []).every(({ argumentKind, dataType }) => {
    return argumentKind === 'ANY_TYPE' || (dataType !== undefined && isKnown(dataType))
  })
  return areKnown && isKnown(returnType) && (returnTableType?.columns ?? []).every(({ type }) => isKnown(type))
}

function parameterOf({ name, dataType, mode, isAggregate }: z.infer<typeof wireArgument>): RoutineParameter {
  const type = typeOf(dataType)
  const rest = { name, mode: modes[mode ?? 'IN'] ?? 'in', isConstant: isAggregate === false }
  return type === undefined ? rest : { ...rest, type }
}

function typeOf(type: WireType | null | undefined): ColumnType | undefined {
  if (!type) return undefined
  const inner = typeOf(type.arrayElementType ?? type.rangeElementType)
  if (inner !== undefined) return { kind: type.arrayElementType ? 'array' : 'range', element: inner }
  if (type.typeKind === 'STRUCT') {
    const fields = (type.structType?.fields ?? []).map(fieldOf)
    const known = fields.flatMap(field => field ?? [])
    return known.length === fields.length ? { kind: 'struct', fields: known } : undefined
  }
  const name = scalarTypes.find(known => known === type.typeKind)
  return name === undefined ? undefined : { kind: 'scalar', name }
}

function fieldOf({ name, type }: WireTypeField): { readonly name: string; readonly type: ColumnType } | undefined {
  const known = typeOf(type)
  return known && { name: name ?? '', type: known }
}
