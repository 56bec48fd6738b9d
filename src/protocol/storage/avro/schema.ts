import type { ColumnType, ScalarType } from '../../../model/column-type.ts'
import type { ResultField } from '../../../model/result.ts'

type AvroType = string | object

/** As Google's Storage API names them; text that is more than text says so by its `sqlType`. */
const scalars: Readonly<Record<ScalarType, AvroType>> = {
  BOOL: 'boolean',
  INT64: 'long',
  FLOAT64: 'double',
  NUMERIC: { type: 'bytes', logicalType: 'decimal', precision: 38, scale: 9 },
  BIGNUMERIC: { type: 'bytes', logicalType: 'decimal', precision: 77, scale: 38 },
  STRING: 'string',
  BYTES: 'bytes',
  DATE: { type: 'int', logicalType: 'date' },
  DATETIME: { type: 'string', logicalType: 'datetime' },
  TIME: { type: 'long', logicalType: 'time-micros' },
  TIMESTAMP: { type: 'long', logicalType: 'timestamp-micros' },
  INTERVAL: { type: 'string', sqlType: 'INTERVAL' },
  GEOGRAPHY: { type: 'string', sqlType: 'GEOGRAPHY' },
  JSON: { type: 'string', sqlType: 'JSON' },
}

/** The schema of a row, as JSON. */
export function avroSchema(fields: readonly ResultField[]): string {
  let records = 0
  const recordOf = (parts: readonly { readonly name: string; readonly type: ColumnType }[]): object => {
    const name = `__s_${records++}`
    return { type: 'record', name, fields: parts.map(part => ({ name: part.name, type: optional(part.type) })) }
  }
  const typeOf = (type: ColumnType): AvroType => {
    switch (type.kind) {
      case 'scalar':
        return scalars[type.name]
      case 'array':
        return { type: 'array', items: typeOf(type.element) }
      case 'struct':
        return recordOf(type.fields)
      case 'range':
        return recordOf(['start', 'end'].map(name => ({ name, type: type.element })))
    }
  }
  // A list is never NULL; everything else may be.
  const optional = (type: ColumnType): AvroType => (type.kind === 'array' ? typeOf(type) : ['null', typeOf(type)])
  const members = fields.map(({ name, type }) => ({ name, type: optional(type) }))
  return JSON.stringify({ type: 'record', name: '__root__', fields: members })
}
