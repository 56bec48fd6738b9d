import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float64,
  Int64,
  List,
  Struct,
  TimeMicrosecond,
  Timestamp,
  TimeUnit,
  Utf8,
} from 'apache-arrow'
import type { ColumnType, ScalarType } from '../../../model/column-type.ts'

/** The scales of BigQuery's decimal types. */
export const numericScale = 9
export const bignumericScale = 38

/** As Google's clients read them. They know no interval of Arrow's, but the text of one. */
const scalars: Readonly<Record<ScalarType, DataType>> = {
  BOOL: new Bool(),
  INT64: new Int64(),
  FLOAT64: new Float64(),
  NUMERIC: new Decimal(numericScale, 38, 128),
  BIGNUMERIC: new Decimal(bignumericScale, 76, 256),
  STRING: new Utf8(),
  BYTES: new Binary(),
  DATE: new DateDay(),
  DATETIME: new Timestamp(TimeUnit.MICROSECOND, null),
  TIME: new TimeMicrosecond(),
  TIMESTAMP: new Timestamp(TimeUnit.MICROSECOND, 'UTC'),
  INTERVAL: new Utf8(),
  GEOGRAPHY: new Utf8(),
  JSON: new Utf8(),
}

/** By these, clients tell types apart that Arrow has one for. */
const extensions: Readonly<Partial<Record<ScalarType, Readonly<Record<string, string>>>>> = {
  DATETIME: { 'ARROW:extension:name': 'google:sqlType:datetime' },
  GEOGRAPHY: {
    'ARROW:extension:name': 'google:sqlType:geography',
    'ARROW:extension:metadata': '{"encoding": "WKT"}',
  },
  JSON: { 'ARROW:extension:name': 'google:sqlType:json' },
}

export function arrowType(type: ColumnType): DataType {
  switch (type.kind) {
    case 'scalar':
      return scalars[type.name]
    case 'array':
      return new List(arrowField('item', type.element))
    case 'struct':
      return new Struct(type.fields.map(field => arrowField(field.name, field.type)))
    case 'range':
      return new Struct([arrowField('start', type.element), arrowField('end', type.element)])
  }
}

/** A list is never NULL: BigQuery has no NULL arrays in results. */
export function arrowField(name: string, type: ColumnType, isNullable = true): Field {
  const metadata = type.kind === 'scalar' ? (extensions[type.name] ?? {}) : {}
  return new Field(name, arrowType(type), isNullable && type.kind !== 'array', new Map(Object.entries(metadata)))
}
