import type { Expression } from '../ast/expression.ts'
import type {
  ColumnAttribute,
  ColumnBaseType,
  ColumnDefinition,
  ColumnSchema,
  Generated,
  StructColumn,
  StructColumnField,
  TableElement,
} from '../ast/table-definition.ts'
import { parseElementConstraint, parseEnforced, parseReference } from './constraints.ts'
import type { Cursor } from './cursor.ts'
import { parseGenerated, startsGenerated } from './generated.ts'
import { parseOptions } from './names.ts'
import { isFieldName, parseNamedType } from './types.ts'

/** `(column, constraint, …)`, which may end in a comma. */
export function parseTableElements(c: Cursor): readonly TableElement[] | undefined {
  if (!c.take('(')) return undefined
  const elements = [parseTableElement(c)]
  while (c.take(',') && !c.is(')')) elements.push(parseTableElement(c))
  c.expect(')')
  return elements
}

function parseTableElement(c: Cursor): TableElement {
  return parseElementConstraint(c) ?? parseColumnDefinition(c)
}

export function parseColumnDefinition(c: Cursor): ColumnDefinition {
  const { start } = c
  const name = c.identifier('a column or a constraint')
  return { kind: 'ColumnDefinition', name, schema: parseColumnSchema(c), at: c.span(start) }
}

export function parseColumnSchema(c: Cursor): ColumnSchema {
  return c.nested(readColumnSchema)
}

function readColumnSchema(c: Cursor): ColumnSchema {
  const { start } = c
  const type = startsGenerated(c) ? undefined : parseColumnType(c)
  const { default: value, generated, attributes } = parseAttributes(c)
  const options = parseOptions(c)
  return { kind: 'ColumnSchema', type, default: value, generated, attributes, options, at: c.span(start) }
}

type Attributes = {
  default: Expression | undefined
  generated: Generated | undefined
  attributes: ColumnAttribute[]
}

/** The value of a column stands before or among its attributes, once. */
function parseAttributes(c: Cursor): Attributes {
  const found: Attributes = { default: undefined, generated: undefined, attributes: [] }
  for (;;) {
    const hasValue = found.default !== undefined || found.generated !== undefined
    if (!hasValue && c.take('DEFAULT')) found.default = c.expression()
    else if (!hasValue && startsGenerated(c)) found.generated = parseGenerated(c)
    else {
      const attribute = parseAttribute(c)
      if (attribute === undefined) return found
      found.attributes.push(attribute)
    }
  }
}

function parseAttribute(c: Cursor): ColumnAttribute | undefined {
  const { start } = c
  if (c.takeAll('NOT', 'NULL')) return { kind: 'NotNull', at: c.span(start) }
  if (c.take('HIDDEN')) return { kind: 'Hidden', at: c.span(start) }
  if (c.takeAll('PRIMARY', 'KEY')) return { kind: 'ColumnPrimaryKey', enforced: parseEnforced(c), at: c.span(start) }
  if (!c.is('REFERENCES') && !c.is('CONSTRAINT')) return undefined
  const name = c.take('CONSTRAINT') ? c.identifier('the name of a constraint') : undefined
  const references = parseReference(c)
  return { kind: 'ColumnForeignKey', name, references, enforced: parseEnforced(c), at: c.span(start) }
}

function parseColumnType(c: Cursor): ColumnBaseType {
  const { start } = c
  if (c.are('ARRAY', '<')) return { kind: 'ArrayColumn', element: parseElement(c, 'ARRAY'), at: c.span(start) }
  if (c.are('RANGE', '<')) return { kind: 'RangeColumn', element: parseElement(c, 'RANGE'), at: c.span(start) }
  if (c.is('STRUCT')) return parseStructColumn(c)
  return parseNamedType(c)
}

function parseElement(c: Cursor, word: 'ARRAY' | 'RANGE'): ColumnSchema {
  c.expectAll(word, '<')
  const element = parseColumnSchema(c)
  c.expect('>')
  return element
}

function parseStructColumn(c: Cursor): StructColumn {
  const { start } = c
  c.expect('STRUCT')
  if (c.take('<>')) return { kind: 'StructColumn', fields: [], at: c.span(start) }
  c.expect('<')
  const fields = c.list(parseStructField)
  c.expect('>')
  return { kind: 'StructColumn', fields, at: c.span(start) }
}

function parseStructField(c: Cursor): StructColumnField {
  const { start } = c
  const name = isFieldName(c) ? c.identifier() : undefined
  return { kind: 'StructColumnField', name, schema: parseColumnSchema(c), at: c.span(start) }
}
