import type { RecordedCase, RecordedParameter, RecordedType } from './recorded-cases.ts'
import { home } from './recorded-cases.ts'

const maxWaitMs = 60_000

/** A case as `jobs.query` takes it. */
export function queryBody(recorded: RecordedCase, dataset: string): Readonly<Record<string, unknown>> {
  const { sql, parameters, job_config } = recorded
  return {
    ...{ query: sql, useLegacySql: false, timeoutMs: maxWaitMs, formatOptions: { useInt64Timestamp: true } },
    ...(parameters === undefined
      ? {}
      : { parameterMode: parameters.mode.toUpperCase(), queryParameters: parameters.parameters.map(wireParameter) }),
    ...(job_config?.default_dataset === undefined
      ? {}
      : { defaultDataset: { projectId: home.project, datasetId: dataset } }),
    ...(job_config?.dry_run === true ? { dryRun: true } : {}),
  }
}

const camelCase = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Settings of a job beside its query; the others are in it. */
const ofJob: ReadonlySet<string> = new Set(['labels', 'job_timeout_ms', 'dry_run'])
/** What `queryBody` has already. */
const ofQuery: ReadonlySet<string> = new Set(['default_dataset'])

/** Whether a case has settings that only `jobs.insert` takes. */
export function needsInsert({ job_config = {} }: RecordedCase): boolean {
  return Object.keys(job_config).some(name => name !== 'dry_run' && !ofQuery.has(name))
}

/** A case as `jobs.insert` takes it. */
export function jobBody(recorded: RecordedCase, dataset: string): Readonly<Record<string, unknown>> {
  const { timeoutMs: _, formatOptions: __, dryRun: ___, ...query } = queryBody(recorded, dataset)
  const settings = Object.entries(recorded.job_config ?? {}).filter(([name]) => !ofQuery.has(name))
  const named = ([name, value]: [string, unknown]) => {
    if (name === 'destination') return ['destinationTable', tableIn(dataset, value)]
    return name === 'clustering_fields' ? ['clustering', { fields: value }] : [camelCase(name), value]
  }
  const inQuery = settings.filter(([name]) => !ofJob.has(name)).map(named)
  const beside = settings.filter(([name]) => ofJob.has(name)).map(named)
  return { configuration: { query: { ...query, ...Object.fromEntries(inQuery) }, ...Object.fromEntries(beside) } }
}

function tableIn(dataset: string, destination: unknown) {
  return { projectId: home.project, datasetId: dataset, tableId: String(destination).split('.').at(-1) }
}

function wireParameter({ name, type, value }: RecordedParameter) {
  const wire = wireType(type)
  const named = name === undefined ? {} : { name }
  return { ...named, parameterType: wire, parameterValue: wireValue(value, wire) }
}

type WireType = {
  readonly type: string
  readonly arrayType?: WireType
  readonly structTypes?: readonly { readonly name: string; readonly type: WireType }[]
}

function wireType(type: RecordedType): WireType {
  if (typeof type === 'string') return { type }
  const { arrayType, structTypes } = type
  return {
    type: type.type,
    ...(arrayType === undefined ? {} : { arrayType: wireType(arrayType) }),
    ...(structTypes === undefined
      ? {}
      : { structTypes: structTypes.map(({ name, type: inner }) => ({ name, type: wireType(inner) })) }),
  }
}

function wireValue(value: unknown, { arrayType, structTypes }: WireType): unknown {
  if (arrayType !== undefined) return { arrayValues: (value as unknown[]).map(item => wireValue(item, arrayType)) }
  if (structTypes === undefined) return { value: value === null ? null : String(value) }
  const fields = value as Readonly<Record<string, unknown>>
  return {
    structValues: Object.fromEntries(structTypes.map(({ name, type }) => [name, wireValue(fields[name], type)])),
  }
}
