import type { ColumnChange } from '../ast/alteration.ts'
import type { ColumnSchema, Generated } from '../ast/table-definition.ts'
import { parseColumnSchema } from './columns.ts'
import type { Cursor } from './cursor.ts'
import { parseGenerated } from './generated.ts'
import { parseOptionList } from './names.ts'

/** What ALTER COLUMN does to a column, behind its name. */
export function parseColumnChange(c: Cursor): ColumnChange {
  const { start } = c
  if (c.expectAny(['SET', 'DROP']) === 'DROP') return parseDropProperty(c, start)
  if (c.take('OPTIONS')) return { kind: 'SetColumnOptions', options: parseOptionList(c), at: c.span(start) }
  if (c.take('DEFAULT')) return { kind: 'SetDefault', value: c.expression(), at: c.span(start) }
  if (c.is('GENERATED')) return { kind: 'SetGenerated', generated: parseIdentityOnly(c), at: c.span(start) }
  c.expect('DATA', 'A column takes SET DATA TYPE, SET OPTIONS, SET DEFAULT and SET GENERATED.')
  c.expect('TYPE')
  return { kind: 'SetType', schema: parseNewType(c), at: c.span(start) }
}

/** A column that is there cannot become one that is computed. */
function parseIdentityOnly(c: Cursor): Generated {
  const { start } = c
  const generated = parseGenerated(c)
  if (generated.identity === undefined) throw c.failureAt(start, 'AS IDENTITY', 'an expression')
  return generated
}

/** A type, with NOT NULL and options at most: its default is set by SET DEFAULT. */
function parseNewType(c: Cursor): ColumnSchema {
  const { start } = c
  const schema = parseColumnSchema(c)
  const isPlain = schema.default === undefined && schema.generated === undefined
  if (isPlain && schema.attributes.every(({ kind }) => kind === 'NotNull')) return schema
  throw c.failureAt(start, 'a type', 'the definition of a column')
}

function parseDropProperty(c: Cursor, start: number): ColumnChange {
  if (c.takeAll('NOT', 'NULL')) return { kind: 'DropColumnProperty', property: 'NOT NULL', at: c.span(start) }
  return { kind: 'DropColumnProperty', property: c.expectAny(['DEFAULT', 'GENERATED']), at: c.span(start) }
}
