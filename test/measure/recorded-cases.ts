import { type ColumnType, type ScalarType, scalarTypes } from '../../src/model/column-type.ts'
import type { QueryParameter } from '../../src/model/parameter.ts'
import { readCases } from './cases.ts'

export type RecordedField = {
  readonly name: string
  readonly type: string
  readonly mode: string
  readonly fields?: readonly RecordedField[]
}

export type RecordedType =
  | string
  | {
      readonly type: string
      readonly arrayType?: RecordedType
      readonly structTypes?: readonly { readonly name: string; readonly type: RecordedType }[]
    }

export type RecordedParameter = { readonly name?: string; readonly type: RecordedType; readonly value: unknown }

/** One line of what BigQuery itself answered; the corpus's README says what each field means. */
export type RecordedCase = {
  readonly id: string
  readonly sql: string
  readonly setup?: string
  readonly parameters?: { readonly mode: string; readonly parameters: readonly RecordedParameter[] }
  readonly job_config?: RecordedConfig
  readonly schema?: readonly RecordedField[]
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
}

/** Settings of a job, by the names that Google's client for Python has for them. */
export type RecordedConfig = {
  readonly default_dataset?: string
  readonly dry_run?: boolean
  readonly destination?: string
  readonly use_legacy_sql?: boolean
  readonly [setting: string]: unknown
}

export const home = { project: 'acme-prod', dataset: 'recorded' } as const

/** The lines that BigQuery accepted, with names in the place of the corpus's placeholders. */
export async function recordedCases(path: string): Promise<readonly RecordedCase[]> {
  return (await acceptedLines(path)).map(recorded => namedIn(recorded, home.dataset))
}

/** The same with the placeholders in it. */
export async function acceptedLines(path: string): Promise<readonly RecordedCase[]> {
  const cases = await readCases<RecordedCase>(path)
  return cases.filter(line => line.schema !== undefined && whyNotCounted(line) === undefined)
}

/** The lines that BigQuery accepted and that say nothing of GoogleSQL, with the reason. */
export async function linesNotCounted(path: string): Promise<readonly { readonly id: string; readonly why: string }[]> {
  const cases = await readCases<RecordedCase>(path)
  return cases.flatMap(line => {
    const why = line.schema === undefined ? undefined : whyNotCounted(line)
    return why === undefined ? [] : [{ id: line.id, why }]
  })
}

function whyNotCounted({ job_config }: RecordedCase): string | undefined {
  return job_config?.use_legacy_sql === true ? 'legacy SQL, which is not GoogleSQL' : undefined
}

/** A case whose dataset has a name. */
export function namedIn({ setup, ...recorded }: RecordedCase, dataset: string): RecordedCase {
  const names: Readonly<Record<string, string>> = {
    ...{ DATASET: `${home.project}.${dataset}`, PROJECT: home.project, DATASET_ID: dataset },
  }
  const withNames = (text: string) => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole)
  return {
    ...recorded,
    sql: withNames(recorded.sql),
    ...(setup === undefined ? {} : { setup: withNames(setup) }),
  }
}

export function parametersOf({ parameters }: RecordedCase): readonly QueryParameter[] {
  return (parameters?.parameters ?? []).map(({ name, type }) => {
    return { type: parameterType(type), value: null, ...(name === undefined ? {} : { name }) }
  })
}

function parameterType(type: RecordedType): ColumnType {
  if (typeof type === 'string') return { kind: 'scalar', name: scalarNamed(type) }
  if (type.arrayType !== undefined) return { kind: 'array', element: parameterType(type.arrayType) }
  if (type.structTypes === undefined) return parameterType(type.type)
  return {
    kind: 'struct',
    fields: type.structTypes.map(({ name, type: inner }) => ({ name, type: parameterType(inner) })),
  }
}

const legacyNames: Readonly<Record<string, ScalarType>> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' }

function scalarNamed(name: string): ScalarType {
  const known = legacyNames[name] ?? scalarTypes.find(type => type === name)
  if (known === undefined) throw new Error(`the corpus has a type that is not known: ${name}`)
  return known
}

/** A recorded column's type as GoogleSQL writes it; of a range the record does not say what it is made of. */
export function recordedType({ type, mode, fields }: RecordedField): string {
  const single =
    type === 'RECORD'
      ? `STRUCT<${(fields ?? []).map(field => `${field.name} ${recordedType(field)}`.trim()).join(', ')}>`
      : type === 'RANGE'
        ? 'RANGE'
        : scalarNamed(type)
  return mode === 'REPEATED' ? `ARRAY<${single}>` : single
}
