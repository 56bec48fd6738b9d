import type { Identifier } from '../ast/name.ts'
import type {
  CreatePropertyGraph,
  GraphLabel,
  GraphProperties,
  GraphProperty,
  GraphReference,
  GraphTable,
} from '../ast/property-graph.ts'
import type { Cursor } from './cursor.ts'
import { type CreateHead, parseNewName } from './definition-clauses.ts'
import { parseAsAlias, parseIdentifiers, parseOptions, parseTablePath } from './names.ts'

/** CREATE PROPERTY GRAPH, behind these words. */
export function parseCreatePropertyGraph(c: Cursor, { start, orReplace }: CreateHead): CreatePropertyGraph {
  const name = parseNewName(c, 'the name of a graph')
  c.expectAll('NODE', 'TABLES')
  const nodes = parseGraphTables(c)
  const edges = c.takeAll('EDGE', 'TABLES') ? parseGraphTables(c) : []
  const options = parseOptions(c)
  return { kind: 'CreatePropertyGraph', orReplace, ...name, nodes, edges, options, at: c.span(start) }
}

/** A list that may end in a comma. */
function parseGraphTables(c: Cursor): readonly GraphTable[] {
  c.expect('(')
  const tables = [parseGraphTable(c)]
  while (c.take(',') && !c.is(')')) tables.push(parseGraphTable(c))
  c.expect(')')
  return tables
}

function parseGraphTable(c: Cursor): GraphTable {
  const { start } = c
  const path = parseTablePath(c)
  const alias = parseAsAlias(c)
  const key = c.take('KEY') ? parseIdentifiers(c) : []
  const source = c.takeAll('SOURCE', 'KEY') ? parseReference(c) : undefined
  const destination = c.takeAll('DESTINATION', 'KEY') ? parseReference(c) : undefined
  const labels: GraphLabel[] = []
  while (startsLabel(c)) labels.push(parseLabel(c))
  const dynamicLabel = parseDynamic(c, 'LABEL')
  const dynamicProperties = parseDynamic(c, 'PROPERTIES')
  const ends = { key, source, destination, labels, dynamicLabel, dynamicProperties }
  return { kind: 'GraphTable', path, alias, ...ends, at: c.span(start) }
}

function parseReference(c: Cursor): GraphReference {
  const { start } = c
  const columns = parseIdentifiers(c)
  c.expect('REFERENCES')
  const node = c.identifier('the name of a node table')
  const referenced: readonly Identifier[] = c.is('(') ? parseIdentifiers(c) : []
  return { kind: 'GraphReference', columns, node, referenced, at: c.span(start) }
}

function startsLabel(c: Cursor): boolean {
  return c.isAny(['LABEL', 'PROPERTIES']) || c.are('DEFAULT', 'LABEL') || c.are('NO', 'PROPERTIES')
}

function parseLabel(c: Cursor): GraphLabel {
  const { start } = c
  const name = parseLabelName(c)
  const options = name === 'DEFAULT' ? parseOptions(c) : undefined
  return { kind: 'GraphLabel', name, options, properties: parseProperties(c), at: c.span(start) }
}

function parseLabelName(c: Cursor): GraphLabel['name'] {
  if (c.takeAll('DEFAULT', 'LABEL')) return 'DEFAULT'
  return c.take('LABEL') ? c.identifier('a label') : undefined
}

function parseProperties(c: Cursor): GraphProperties | undefined {
  const { start } = c
  if (c.takeAll('NO', 'PROPERTIES'))
    return { kind: 'GraphProperties', form: 'NONE', except: [], items: [], at: c.span(start) }
  if (!c.take('PROPERTIES')) return undefined
  if (c.is('(')) {
    const items = c.parenthesized(parseProperty)
    return { kind: 'GraphProperties', form: 'LISTED', except: [], items, at: c.span(start) }
  }
  c.take('ARE')
  c.expectAll('ALL', 'COLUMNS')
  const except = c.take('EXCEPT') ? parseIdentifiers(c) : []
  return { kind: 'GraphProperties', form: 'ALL', except, items: [], at: c.span(start) }
}

function parseProperty(c: Cursor): GraphProperty {
  const { start } = c
  const value = c.expression()
  const name = parseAsAlias(c)
  return { kind: 'GraphProperty', value, name, options: parseOptions(c), at: c.span(start) }
}

/** `DYNAMIC LABEL (column)`, `DYNAMIC PROPERTIES (column)` */
function parseDynamic(c: Cursor, word: 'LABEL' | 'PROPERTIES'): GraphTable['dynamicLabel'] {
  if (!c.takeAll('DYNAMIC', word)) return undefined
  c.expect('(')
  const value = c.expression()
  c.expect(')')
  return value
}
