import { z } from 'zod'
import { columnName, integer } from './names.ts'
import { optionsClause, quotedName } from './statement-text.ts'

const typeNames: Readonly<Record<string, string>> = {
  ...{ STRING: 'STRING', BYTES: 'BYTES', INTEGER: 'INT64', INT64: 'INT64', FLOAT: 'FLOAT64', FLOAT64: 'FLOAT64' },
  ...{ BOOLEAN: 'BOOL', BOOL: 'BOOL', NUMERIC: 'NUMERIC', DECIMAL: 'NUMERIC', BIGNUMERIC: 'BIGNUMERIC' },
  ...{ BIGDECIMAL: 'BIGNUMERIC', TIMESTAMP: 'TIMESTAMP', DATE: 'DATE', TIME: 'TIME', DATETIME: 'DATETIME' },
  ...{ JSON: 'JSON', GEOGRAPHY: 'GEOGRAPHY', INTERVAL: 'INTERVAL', RECORD: 'STRUCT', STRUCT: 'STRUCT' },
}
const typeName = z
  .string()
  .toUpperCase()
  .refine(name => typeNames[name] !== undefined, { error: 'is not a type that a new column can have' })

export type NewColumn = {
  readonly name: string
  readonly type: string
  readonly mode?: 'NULLABLE' | 'REQUIRED' | 'REPEATED'
  readonly description?: string
  readonly maxLength?: number
  readonly precision?: number
  readonly scale?: number
  readonly fields?: readonly NewColumn[]
}

/** A column of a new table, as REST describes it. */
export const newColumn: z.ZodType<NewColumn> = z.lazy(() =>
  z.strictObject({
    name: columnName,
    type: typeName,
    mode: z.enum(['NULLABLE', 'REQUIRED', 'REPEATED']).exactOptional(),
    description: z.string().exactOptional(),
    maxLength: integer.exactOptional(),
    precision: integer.exactOptional(),
    scale: integer.exactOptional(),
    fields: z.array(newColumn).exactOptional(),
  }),
)

/** The same as CREATE TABLE has it. */
export function columnText(column: NewColumn): string {
  const { name, mode, description } = column
  const type = mode === 'REPEATED' ? `ARRAY<${typeText(column)}>` : typeText(column)
  return `${quotedName(name)} ${type}${mode === 'REQUIRED' ? ' NOT NULL' : ''}${optionsClause({ description })}`
}

function typeText({ type, fields = [], maxLength, precision, scale }: NewColumn): string {
  const name = typeNames[type] ?? type
  if (name === 'STRUCT') return `STRUCT<${fields.map(columnText).join(', ')}>`
  const figures = [maxLength ?? precision, scale].filter(figure => figure !== undefined)
  return figures.length === 0 ? name : `${name}(${figures.join(', ')})`
}
