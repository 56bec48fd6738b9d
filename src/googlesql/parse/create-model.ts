import type { CreateModel, NamedQuery } from '../ast/definition.ts'
import { parseColumnDefinition } from './columns.ts'
import type { Cursor } from './cursor.ts'
import { type CreateHead, parseConnection, parseNewName } from './definition-clauses.ts'
import { parseOptions } from './names.ts'
import { parseSelectItems } from './select.ts'

/** CREATE MODEL, behind the word MODEL. */
export function parseCreateModel(c: Cursor, { start, ...modifiers }: CreateHead): CreateModel {
  const name = parseNewName(c, 'the name of a model')
  const inputs = c.take('INPUT') ? c.parenthesized(parseColumnDefinition) : []
  const outputs = inputs.length > 0 ? parseOutputs(c) : []
  const transform = c.take('TRANSFORM') ? parseTransform(c) : []
  const remote = c.take('REMOTE')
  const connection = parseConnection(c)
  const rest = { transform, remote, connection, options: parseOptions(c), ...parseTraining(c) }
  return { kind: 'CreateModel', ...modifiers, ...name, inputs, outputs, ...rest, at: c.span(start) }
}

/** Who says what goes in says what comes out. */
function parseOutputs(c: Cursor): CreateModel['outputs'] {
  c.expect('OUTPUT')
  return c.parenthesized(parseColumnDefinition)
}

function parseTransform(c: Cursor): CreateModel['transform'] {
  c.expect('(')
  const items = parseSelectItems(c)
  c.expect(')')
  return items
}

function parseTraining(c: Cursor): Pick<CreateModel, 'query' | 'queries'> {
  if (!c.take('AS')) return { query: undefined, queries: [] }
  const isNamed = c.is('(') && c.isIdentifier(1) && c.isAt(2, 'AS')
  return isNamed ? { query: undefined, queries: c.parenthesized(parseNamedQuery) } : { query: c.query(), queries: [] }
}

function parseNamedQuery(c: Cursor): NamedQuery {
  const { start } = c
  const name = c.identifier()
  c.expect('AS')
  return { kind: 'NamedQuery', name, query: c.parenthesizedQuery(), at: c.span(start) }
}
