import type { CreateConstant, CreateEntity, CreateRowAccessPolicy, CreateSchema } from '../ast/definition.ts'
import { entityTypes } from '../ast/definition.ts'
import type { Ddl } from '../ast/statement.ts'
import type { Scope } from '../ast/table-definition.ts'
import { parseCreateFunction } from './create-function.ts'
import { parseCreateIndex } from './create-index.ts'
import { parseCreateModel } from './create-model.ts'
import { parseCreatePropertyGraph } from './create-property-graph.ts'
import { parseCreateProcedure, parseCreateTableFunction } from './create-routine.ts'
import { parseCreateTable } from './create-table.ts'
import { parseCreateView } from './create-view.ts'
import type { Cursor } from './cursor.ts'
import {
  type CreateHead,
  parseConnection,
  parseDefaultCollate,
  parseIfNotExists,
  parseNewName,
} from './definition-clauses.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parseString } from './literals.ts'
import { parseOptions, parsePath } from './names.ts'

export function parseCreate(c: Cursor): Ddl {
  const { start } = c
  c.expect('CREATE')
  const orReplace = c.takeAll('OR', 'REPLACE')
  const head: CreateHead = { start, orReplace, scope: parseScope(c) }
  return parseRelation(c, head) ?? parseRoutine(c, head) ?? parseOther(c, head)
}

function parseScope(c: Cursor): Scope | undefined {
  const scope = c.takeAny(['TEMP', 'TEMPORARY', 'PUBLIC', 'PRIVATE'])
  return scope === 'TEMPORARY' ? 'TEMP' : scope
}

function parseRelation(c: Cursor, head: CreateHead): Ddl | undefined {
  if (!c.isAt(1, 'FUNCTION') && c.take('TABLE')) return parseCreateTable(c, head, undefined)
  if (!c.isAt(2, 'FUNCTION') && c.takeAll('EXTERNAL', 'TABLE')) return parseCreateTable(c, head, 'EXTERNAL')
  if (c.takeAll('SNAPSHOT', 'TABLE')) return parseCreateTable(c, head, 'SNAPSHOT')
  if (c.take('VIEW')) return parseCreateView(c, head, undefined, false)
  if (c.takeAll('RECURSIVE', 'VIEW')) return parseCreateView(c, head, undefined, true)
  const form = c.takeAny(['MATERIALIZED', 'APPROX'])
  if (form === undefined) return undefined
  if (head.scope !== undefined) throw c.failure('no TEMP, PUBLIC or PRIVATE in front of a stored view')
  const recursive = c.take('RECURSIVE')
  c.expect('VIEW')
  return parseCreateView(c, head, form, recursive)
}

function parseRoutine(c: Cursor, head: CreateHead): Ddl | undefined {
  if (c.takeAll('TABLE', 'FUNCTION')) return parseCreateTableFunction(c, head)
  if (c.take('FUNCTION')) return parseCreateFunction(c, head, false)
  if (c.takeAll('AGGREGATE', 'FUNCTION')) return parseCreateFunction(c, head, true)
  return c.take('PROCEDURE') ? parseCreateProcedure(c, head) : undefined
}

function parseOther(c: Cursor, head: CreateHead): Ddl {
  if (c.takeAll('EXTERNAL', 'SCHEMA')) return parseCreateSchema(c, head, true)
  if (c.take('MODEL')) return parseCreateModel(c, head)
  if (c.take('CONSTANT')) return parseCreateConstant(c, head)
  if (head.scope !== undefined) throw c.failure('an object that may be temporary, public or private')
  if (c.take('SCHEMA')) return parseCreateSchema(c, head, false)
  if (c.isAny(['INDEX', 'UNIQUE', 'SEARCH', 'VECTOR'])) return parseCreateIndex(c, head)
  if (c.takeAll('PROPERTY', 'GRAPH')) return parseCreatePropertyGraph(c, head)
  if (c.take('ROW')) return parseCreateRowAccessPolicy(c, head)
  const type = c.takeAny(entityTypes)
  if (type === undefined) throw c.failure('an object such as TABLE, VIEW, FUNCTION, PROCEDURE, MODEL or SCHEMA')
  return parseCreateEntity(c, head, type)
}

function parseCreateSchema(c: Cursor, { start, ...modifiers }: CreateHead, external: boolean): CreateSchema {
  const name = parseNewName(c, 'the name of a schema')
  const collate = external ? undefined : parseDefaultCollate(c)
  const connection = external ? parseConnection(c) : undefined
  if (external && !c.is('OPTIONS')) throw c.failure('OPTIONS')
  const options = parseOptions(c)
  return { kind: 'CreateSchema', external, ...modifiers, ...name, collate, connection, options, at: c.span(start) }
}

/** The word ACCESS may be left out, and so may the name. */
function parseCreateRowAccessPolicy(c: Cursor, { start, orReplace }: CreateHead): CreateRowAccessPolicy {
  c.take('ACCESS')
  c.expect('POLICY')
  const ifNotExists = parseIfNotExists(c)
  const name = c.isIdentifier() ? c.identifier() : undefined
  c.expect('ON')
  const table = parsePath(c)
  const grantees = parsePolicyGrantees(c)
  c.take('FILTER')
  c.expectAll('USING', '(')
  const filter = c.expression()
  c.expect(')')
  const who = { ifNotExists, name, table, grantees }
  return { kind: 'CreateRowAccessPolicy', orReplace, ...who, filter, at: c.span(start) }
}

/** `GRANT TO (a, b)`, or as it was written once: `TO a, b`. */
function parsePolicyGrantees(c: Cursor): CreateRowAccessPolicy['grantees'] {
  if (c.takeAll('GRANT', 'TO')) return c.parenthesized(parseTextOrParameter)
  return c.take('TO') ? c.list(parseTextOrParameter) : []
}

function parseCreateEntity(c: Cursor, { start, orReplace }: CreateHead, type: CreateEntity['type']): CreateEntity {
  if (type === 'DATABASE' && (orReplace || c.is('IF'))) throw c.failure('a database that is new')
  const name = parseNewName(c, 'a name')
  const options = parseOptions(c)
  const body = c.take('AS') ? parseEntityBody(c) : undefined
  return { kind: 'CreateEntity', type, orReplace, ...name, options, body, at: c.span(start) }
}

/** A document, which JSON may precede. */
function parseEntityBody(c: Cursor): CreateEntity['body'] {
  c.take('JSON')
  return parseString(c)
}

function parseCreateConstant(c: Cursor, { start, ...modifiers }: CreateHead): CreateConstant {
  const name = parseNewName(c, 'the name of a constant')
  c.expect('=')
  return { kind: 'CreateConstant', ...modifiers, ...name, value: c.expression(), at: c.span(start) }
}
