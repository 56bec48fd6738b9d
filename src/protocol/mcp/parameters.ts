import { unreachable } from '../../base/unreachable.ts'
import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import { Failure } from '../../model/failure.ts'
import type { ParameterValue, QueryParameter } from '../../model/parameter.ts'
import { parseTypeText } from './parameter-type.ts'

/** Named query parameters from a tool's `params`: bare values, or `{type, value}` where a type is to be told. */
export function readParameters(params: Readonly<Record<string, unknown>> | undefined): readonly QueryParameter[] {
  return Object.entries(params ?? {}).map(([name, given]) => ({ name, ...readParameter(name, given) }))
}

function readParameter(name: string, given: unknown): { type: ColumnType; value: ParameterValue } {
  const typed = isTyped(given) ? given : undefined
  const type = typed === undefined ? typeOf(given) : parseTypeText(typed.type)
  if (type === undefined)
    throw invalid(name, 'give it as {"type": "DATE", "value": "2026-01-31"} with a GoogleSQL type')
  const value = valueFor(typed === undefined ? given : typed.value, type)
  if (value === undefined) throw invalid(name, 'its value does not fit its type')
  return { type, value }
}

function invalid(name: string, problem: string): Failure {
  return new Failure('request_invalid', { detail: `params.${name}: ${problem}.` })
}

function isTyped(given: unknown): given is { type: string; value: unknown } {
  return isObject(given) && Object.keys(given).length === 2 && typeof given['type'] === 'string' && 'value' in given
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

function scalar(name: ScalarType): ColumnType {
  return { kind: 'scalar', name }
}

/** The type of a bare value; none for what JSON leaves open, such as an empty list. */
function typeOf(given: unknown): ColumnType | undefined {
  if (given === null || typeof given === 'string') return scalar('STRING')
  if (typeof given === 'boolean') return scalar('BOOL')
  if (typeof given === 'number') return scalar(Number.isSafeInteger(given) ? 'INT64' : 'FLOAT64')
  if (!Array.isArray(given)) return undefined
  const names = new Set(given.map(item => (Array.isArray(item) ? undefined : elementName(item))))
  if (names.size === 2 && names.has('INT64') && names.has('FLOAT64')) names.delete('INT64')
  const [only] = names
  return names.size === 1 && only !== undefined ? { kind: 'array', element: scalar(only) } : undefined
}

function elementName(item: unknown): ScalarType | undefined {
  const type = item === null ? undefined : typeOf(item)
  return type?.kind === 'scalar' ? type.name : undefined
}

/** A value in BigQuery's own form, or `undefined` where it cannot be one of its type. */
function valueFor(given: unknown, type: ColumnType): ParameterValue | undefined {
  if (given === null) return null
  switch (type.kind) {
    case 'scalar':
      return scalarValue(given, type.name)
    case 'range':
      return typeof given === 'string' ? given : undefined
    case 'array': {
      if (!Array.isArray(given)) return undefined
      return allGiven(given.map(item => (item === null ? undefined : valueFor(item, type.element))))
    }
    case 'struct': {
      if (!isObject(given) || Object.keys(given).length !== type.fields.length) return undefined
      const values = allGiven(type.fields.map(field => valueFor(given[field.name], field.type)))
      return values && Object.fromEntries(type.fields.map(({ name }, index) => [name, values[index] ?? null]))
    }
    default:
      return unreachable(type)
  }
}

function allGiven(values: readonly (ParameterValue | undefined)[]): readonly ParameterValue[] | undefined {
  const given = values.filter(value => value !== undefined)
  return given.length === values.length ? given : undefined
}

function scalarValue(given: unknown, name: ScalarType): string | undefined {
  switch (name) {
    case 'BOOL':
      return typeof given === 'boolean' ? String(given) : undefined
    case 'INT64':
      return Number.isSafeInteger(given) || (typeof given === 'string' && /^-?\d{1,19}$/.test(given))
        ? String(given)
        : undefined
    case 'FLOAT64':
    case 'NUMERIC':
    case 'BIGNUMERIC':
      return typeof given === 'number' || typeof given === 'string' ? String(given) : undefined
    case 'JSON':
      return typeof given === 'string' ? given : JSON.stringify(given)
    default:
      return typeof given === 'string' ? given : undefined
  }
}
