import { z } from 'zod'
import { type ColumnType, type ScalarType, scalarTypes } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { ParameterValue, QueryParameter } from '../../model/parameter.ts'

type WireType = {
  readonly type: string
  readonly arrayType?: WireType
  readonly structTypes?: readonly { readonly name?: string; readonly type: WireType; readonly description?: string }[]
  readonly rangeElementType?: WireType
}
type WireValue = {
  readonly value?: string | number | boolean | null
  readonly arrayValues?: readonly WireValue[]
  readonly structValues?: Readonly<Record<string, WireValue>>
  readonly rangeValue?: { readonly start?: WireValue; readonly end?: WireValue }
}

const wireType: z.ZodType<WireType> = z.lazy(() =>
  z.strictObject({
    type: z.string().max(64),
    arrayType: wireType.exactOptional(),
    structTypes: z
      .array(
        z.strictObject({ name: z.string().exactOptional(), type: wireType, description: z.string().exactOptional() }),
      )
      .exactOptional(),
    rangeElementType: wireType.exactOptional(),
  }),
)
const wireValue: z.ZodType<WireValue> = z.lazy(() =>
  z.strictObject({
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]).exactOptional(),
    arrayValues: z.array(wireValue).exactOptional(),
    structValues: z.record(z.string(), wireValue).exactOptional(),
    rangeValue: z.strictObject({ start: wireValue.exactOptional(), end: wireValue.exactOptional() }).exactOptional(),
  }),
)

export const wireParameter = z.strictObject({
  name: z.string().min(1).max(128).exactOptional(),
  parameterType: wireType,
  parameterValue: wireValue.default({}),
})

/** Names by which the REST API's clients also call a type. */
const otherNames: Readonly<Record<string, ScalarType>> = {
  INTEGER: 'INT64',
  FLOAT: 'FLOAT64',
  BOOLEAN: 'BOOL',
  DECIMAL: 'NUMERIC',
  BIGDECIMAL: 'BIGNUMERIC',
}

/** Query parameters as the gateway knows them, out of the form of the REST API. */
export function readParameters(wire: readonly z.infer<typeof wireParameter>[], maxBytes: number): QueryParameter[] {
  if (JSON.stringify(wire).length > maxBytes) {
    throw new Failure('request_too_large', { detail: `Parameters may have ${maxBytes} bytes.` })
  }
  const named = wire.filter(({ name }) => name !== undefined).length
  if (named > 0 && named < wire.length) throw refusal('queryParameters', 'either all have names or none has')
  return wire.map(({ name, parameterType, parameterValue }, index) => {
    const where = name ?? `queryParameters[${index}]`
    const type = readType(parameterType, where)
    const value = readValue(parameterValue, type, where)
    return { type, value, ...(name === undefined ? {} : { name }) }
  })
}

function readType({ type, arrayType, structTypes, rangeElementType }: WireType, where: string): ColumnType {
  const name = type.toUpperCase()
  if (name === 'ARRAY' && arrayType !== undefined) return { kind: 'array', element: readType(arrayType, where) }
  if (name === 'RANGE' && rangeElementType !== undefined) {
    return { kind: 'range', element: readType(rangeElementType, where) }
  }
  if ((name === 'STRUCT' || name === 'RECORD') && structTypes !== undefined) {
    const fields = structTypes.map(field => ({ name: field.name ?? '', type: readType(field.type, where) }))
    return { kind: 'struct', fields }
  }
  const scalar = otherNames[name] ?? scalarTypes.find(known => known === name)
  if (scalar === undefined) throw refusal(where, `the type ${type} is not known, or not whole`)
  return { kind: 'scalar', name: scalar }
}

function readValue(wire: WireValue, type: ColumnType, where: string): ParameterValue {
  switch (type.kind) {
    case 'scalar':
      return readScalar(wire.value ?? null, type.name, where)
    case 'array':
      return (wire.arrayValues ?? nothing(wire, where)).map(item => readValue(item, type.element, where))
    case 'struct': {
      const values = wire.structValues
      if (values === undefined) return wire.value === null ? null : refuseShape(where)
      const known = new Set(type.fields.map(({ name }) => name))
      const unknown = Object.keys(values).find(name => !known.has(name))
      if (unknown !== undefined) throw refusal(where, `its type has no field ${unknown}`)
      return Object.fromEntries(
        type.fields.map(({ name, type: inner }) => [name, readValue(values[name] ?? {}, inner, where)]),
      )
    }
    case 'range': {
      const { start, end } = wire.rangeValue ?? refuseShape(where)
      const bound = (given: WireValue | undefined) => readValue(given ?? {}, type.element, where) ?? 'UNBOUNDED'
      return `[${bound(start)}, ${bound(end)})`
    }
  }
}

/** Values are text; some clients send bare numbers, which count where JSON has them exactly. */
function readScalar(value: string | number | boolean | null, type: ScalarType, where: string): string | null {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value === null ? null : String(value)
  if (type !== 'FLOAT64') throw refusal(where, 'a number beyond 2^53 or with a fraction is sent as text')
  return String(value)
}

function nothing({ value }: WireValue, where: string): readonly WireValue[] {
  return value === null || value === undefined ? [] : refuseShape(where)
}

function refuseShape(where: string): never {
  throw refusal(where, 'the value does not fit the type')
}

function refusal(where: string, why: string): Failure {
  return new Failure('request_invalid', { detail: `${where}: ${why}.` })
}
