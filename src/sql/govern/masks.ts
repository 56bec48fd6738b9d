import type { Expression } from '../../googlesql/ast/expression.ts'
import { synthetic as at } from '../../googlesql/ast/span.ts'
import type { ColumnType, ScalarType } from '../../model/column-type.ts'
import type { MaskKind } from '../../model/decision.ts'
import { boolean, call, cast, integer, nullLiteral, string, typedLiteral, word } from './build.ts'
import { keyedHash } from './keyed-hash.ts'

/** The masked form of a value of one type; undefined where the mask does not fit the type. */
type Mask = (value: Expression, type: ScalarType) => Expression | undefined

/** Names and results as BigQuery's data masking has them, where it has them; SHA-256 is written in hex. */
const masks: Readonly<Record<Exclude<MaskKind, 'always_null'>, Mask>> = {
  default_value: (_, type) => defaultValues[type],
  sha256: (value, type) => hashed(value, type),
  hmac_sha256: (value, type) => keyedHash(value, type),
  first_four: (value, type) => (type === 'STRING' ? shortened(value, firstFour(value)) : undefined),
  last_four: (value, type) => (type === 'STRING' ? shortened(value, lastFour(value)) : undefined),
  email: (value, type) => (type === 'STRING' ? withoutUser(value) : undefined),
  date_year: (value, type) => startOfYear(value, type),
  redact: (_, type) => (type === 'STRING' ? string('REDACTED') : undefined),
}

/** A value under a mask. A mask that does not fit the type gives way to NULL, which always does. */
export function masked(kind: MaskKind, value: Expression, type: ColumnType): Expression {
  const fitting = kind === 'always_null' || type.kind !== 'scalar' ? undefined : masks[kind](value, type.name)
  return fitting ?? cast(nullLiteral, type)
}

const defaultValues: Readonly<Partial<Record<ScalarType, Expression>>> = {
  BOOL: boolean(false),
  INT64: integer(0),
  FLOAT64: { kind: 'FloatLiteral', text: '0.0', at },
  NUMERIC: typedLiteral('NUMERIC', '0'),
  BIGNUMERIC: typedLiteral('BIGNUMERIC', '0'),
  STRING: string(''),
  BYTES: { kind: 'BytesLiteral', value: '', at },
  DATE: typedLiteral('DATE', '1970-01-01'),
  DATETIME: typedLiteral('DATETIME', '1970-01-01 00:00:00'),
  TIME: typedLiteral('TIME', '00:00:00'),
  TIMESTAMP: typedLiteral('TIMESTAMP', '1970-01-01 00:00:00+00'),
  GEOGRAPHY: call('ST_GEOGPOINT', integer(0), integer(0)),
  JSON: typedLiteral('JSON', 'null'),
}

function hashed(value: Expression, type: ScalarType): Expression | undefined {
  if (type === 'BYTES') return call('SHA256', value)
  return type === 'STRING' ? call('TO_HEX', call('SHA256', value)) : undefined
}

/** A text of four characters or fewer would be shown whole, so it is hashed. */
function shortened(value: Expression, shown: Expression): Expression {
  const isLong: Expression = {
    kind: 'Comparison',
    operator: '>',
    left: call('CHAR_LENGTH', value),
    right: integer(4),
    at,
  }
  return call('IF', isLong, shown, call('TO_HEX', call('SHA256', value)))
}

function firstFour(value: Expression): Expression {
  return call('CONCAT', call('SUBSTR', value, integer(1), integer(4)), string('XXXXX'))
}

function lastFour(value: Expression): Expression {
  return call('CONCAT', string('XXXXX'), call('SUBSTR', value, integer(-4)))
}

/** The domain of an address stays; what is no address is hashed. */
function withoutUser(value: Expression): Expression {
  const isAddress = call('REGEXP_CONTAINS', value, string('^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$'))
  const domain = call('SUBSTR', value, call('STRPOS', value, string('@')))
  return call('IF', isAddress, call('CONCAT', string('XXXXX'), domain), call('TO_HEX', call('SHA256', value)))
}

const year: Expression = { kind: 'PathExpression', parts: [word('YEAR')], at }

function startOfYear(value: Expression, type: ScalarType): Expression | undefined {
  switch (type) {
    case 'DATE':
      return call('DATE_TRUNC', value, year)
    case 'DATETIME':
      return call('DATETIME_TRUNC', value, year)
    case 'TIMESTAMP':
      return call('TIMESTAMP_TRUNC', value, year)
    default:
      return undefined
  }
}
