import { z } from 'zod'
import type { ColumnType } from '../model/column-type.ts'
import { Failure } from '../model/failure.ts'
import type { ParameterValue, QueryParameter } from '../model/parameter.ts'

type WireType = {
  type: string
  arrayType?: WireType
  structTypes?: { name: string; type: WireType }[]
  rangeElementType?: WireType
}
type WireValue = {
  value?: string | null
  arrayValues?: WireValue[]
  structValues?: Record<string, WireValue>
  rangeValue?: { start?: WireValue; end?: WireValue }
}

/** No text uses it, and governing has taken all names that begin like this: what it holds changes no result. */
const noteName = '_sl_note'

export function noteParameter(note: string): QueryParameter {
  return { name: noteName, type: { kind: 'scalar', name: 'BYTES' }, value: note }
}

const keptParameters = z.object({
  queryParameters: z.array(
    z.object({
      name: z.string().nullish(),
      parameterValue: z.object({ value: z.string().nullish() }).nullish(),
    }),
  ),
})

/** What was kept with a job, out of the configuration that BigQuery has of its query. */
export function noteIn(query: unknown): string | undefined {
  const known = keptParameters.safeParse(query)
  const note = known.data?.queryParameters.find(({ name }) => name === noteName)
  return note?.parameterValue?.value ?? undefined
}

/** Query parameters as BigQuery's REST API has them: `queryParameters` and `parameterMode`. */
export function wireParameters(parameters: readonly QueryParameter[]): Record<string, unknown> {
  if (parameters.length === 0) return {}
  const queryParameters = parameters.map(({ name, type, value }) => ({
    ...(name === undefined ? {} : { name }),
    parameterType: wireType(type),
    parameterValue: wireValue(type, value),
  }))
  return { queryParameters, parameterMode: parameters[0]?.name === undefined ? 'POSITIONAL' : 'NAMED' }
}

function wireType(type: ColumnType): WireType {
  switch (type.kind) {
    case 'scalar':
      return { type: type.name }
    case 'array':
      return { type: 'ARRAY', arrayType: wireType(type.element) }
    case 'range':
      return { type: 'RANGE', rangeElementType: wireType(type.element) }
    case 'struct':
      return {
        type: 'STRUCT',
        structTypes: type.fields.map(field => ({ name: field.name, type: wireType(field.type) })),
      }
  }
}

function wireValue(type: ColumnType, value: ParameterValue): WireValue {
  if (value === null) return { value: null }
  switch (type.kind) {
    case 'array':
      return { arrayValues: expectList(value).map(item => wireValue(type.element, item)) }
    case 'struct': {
      const fields = expectStruct(value)
      const entries = type.fields.map(field => [field.name, wireValue(field.type, fields[field.name] ?? null)] as const)
      return { structValues: Object.fromEntries(entries) }
    }
    case 'scalar':
      return { value: expectText(value) }
    case 'range':
      return { rangeValue: rangeValue(expectText(value)) }
  }
}

/** `[2024-01-01, 2024-02-01)`, as BigQuery writes a range; an open end is `UNBOUNDED` or `NULL`. */
function rangeValue(text: string): { start?: WireValue; end?: WireValue } {
  const [, start = '', end = ''] = /^\[\s*([^,]+?)\s*,\s*([^,]+?)\s*\)$/.exec(text) ?? []
  if (start === '') throw new Failure('request_invalid', { detail: 'A RANGE parameter is written as `[start, end)`.' })
  const isOpen = (bound: string) => /^(unbounded|null)$/i.test(bound)
  return { ...(isOpen(start) ? {} : { start: { value: start } }), ...(isOpen(end) ? {} : { end: { value: end } }) }
}

function expectText(value: ParameterValue): string {
  if (typeof value === 'string') return value
  throw new Failure('request_invalid', { detail: 'A parameter value does not fit its type.' })
}

function expectList(value: ParameterValue): readonly ParameterValue[] {
  if (Array.isArray(value)) return value
  throw new Failure('request_invalid', { detail: 'An ARRAY parameter needs a list.' })
}

function expectStruct(value: ParameterValue): { readonly [field: string]: ParameterValue } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as { readonly [field: string]: ParameterValue }
  }
  throw new Failure('request_invalid', { detail: 'A STRUCT parameter needs an object.' })
}
