import type { RecordedCase, RecordedParameter, RecordedType } from './recorded-cases.ts'
import { home } from './recorded-cases.ts'

const maxWaitMs = 60_000

/** A case as `jobs.query` takes it. What only `jobs.insert` takes, as a destination, is left out. */
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
