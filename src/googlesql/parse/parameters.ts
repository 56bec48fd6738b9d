import type { Parameter, Security, TableType, TableTypeColumn, TemplatedType } from '../ast/routine.ts'
import type { Cursor } from './cursor.ts'
import { isFieldName } from './types.ts'

/** `(a INT64, ANY TYPE, …)` of a function, or of a procedure, whose parameters have modes and names. */
export function parseParameters(c: Cursor, of: 'function' | 'procedure'): readonly Parameter[] {
  c.expect('(')
  const parameters = c.is(')') ? [] : c.list(item => parseParameter(item, of))
  c.expect(')')
  return parameters
}

function parseParameter(c: Cursor, of: 'function' | 'procedure'): Parameter {
  const { start } = c
  const mode = of === 'procedure' ? c.takeAny(['IN', 'OUT', 'INOUT']) : undefined
  const name = of === 'procedure' || isNamed(c) ? c.identifier('the name of a parameter') : undefined
  const type = parseParameterType(c)
  const mayHaveDefault = of === 'function' && name !== undefined
  const value = mayHaveDefault && c.take('DEFAULT') ? c.expression() : undefined
  const alias = of === 'function' && c.is('AS') ? parseParameterAlias(c) : {}
  const notAggregate = c.takeAll('NOT', 'AGGREGATE')
  return { kind: 'Parameter', mode, name, type, default: value, notAggregate, ...alias, at: c.span(start) }
}

function parseParameterAlias(c: Cursor): Pick<Parameter, 'alias'> {
  c.lacks('parameterAlias', c.start)
  c.expect('AS')
  return { alias: c.identifier('the name of a parameter') }
}

function isNamed(c: Cursor): boolean {
  return isFieldName(c) || (c.isIdentifier() && c.isAt(1, 'ANY'))
}

function parseParameterType(c: Cursor): Parameter['type'] {
  if (c.is('ANY')) return parseTemplatedType(c)
  return c.are('TABLE', '<') ? parseTableType(c) : c.dataType()
}

const templates = ['TYPE', 'TABLE', 'MODEL', 'CONNECTION', 'PROTO', 'ENUM', 'STRUCT', 'ARRAY'] as const

function parseTemplatedType(c: Cursor): TemplatedType {
  const { start } = c
  c.expect('ANY')
  return { kind: 'TemplatedType', of: c.expectAny(templates), at: c.span(start) }
}

/** `TABLE<a INT64, b STRING>` */
export function parseTableType(c: Cursor): TableType {
  const { start } = c
  c.expectAll('TABLE', '<')
  const columns = c.list(parseTableTypeColumn)
  c.expect('>')
  return { kind: 'TableType', columns, at: c.span(start) }
}

function parseTableTypeColumn(c: Cursor): TableTypeColumn {
  const { start } = c
  const name = isFieldName(c) ? c.identifier() : undefined
  return { kind: 'TableTypeColumn', name, type: c.dataType(), at: c.span(start) }
}

/** `SQL SECURITY INVOKER`, `SQL SECURITY DEFINER` */
export function parseSqlSecurity(c: Cursor): Security | undefined {
  return c.takeAll('SQL', 'SECURITY') ? c.expectAny(['INVOKER', 'DEFINER']) : undefined
}
