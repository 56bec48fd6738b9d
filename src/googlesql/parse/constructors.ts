import type {
  ArrayConstructor,
  ArraySubquery,
  Case,
  CaseBranch,
  Exists,
  StructConstructor,
  StructField,
  WithBinding,
  WithExpression,
} from '../ast/expression.ts'
import type { BracedConstructor } from '../ast/foreign.ts'
import type { Cursor } from './cursor.ts'
import { parseHint, withHint } from './hints.ts'
import { parseAsAlias } from './names.ts'
import { parseArrayType, parseStructType } from './types.ts'

/** `[…]`, `ARRAY[…]`, `ARRAY<type>[…]` */
export function parseArray(c: Cursor): ArrayConstructor {
  const { start } = c
  const type = c.are('ARRAY', '<') ? parseArrayType(c) : undefined
  if (type === undefined) c.take('ARRAY')
  c.expect('[')
  const elements = c.is(']') ? [] : c.list(item => item.expression())
  c.expect(']')
  return { kind: 'ArrayConstructor', type, elements, at: c.span(start) }
}

export function parseArraySubquery(c: Cursor): ArraySubquery {
  const { start } = c
  c.expect('ARRAY')
  const query = c.parenthesizedQuery()
  return { kind: 'ArraySubquery', query, at: c.span(start) }
}

export function parseExists(c: Cursor): Exists {
  const { start } = c
  c.expect('EXISTS')
  const hint = parseHint(c)
  const query = c.parenthesizedQuery()
  return withHint({ kind: 'Exists', query, at: c.span(start) }, hint)
}

type Braces = (type: StructConstructor['type'], start: number) => BracedConstructor

/** `STRUCT(…)`, `STRUCT<type>(…)`, or with braces */
export function parseStruct(c: Cursor, braces: Braces): StructConstructor | BracedConstructor {
  const { start } = c
  const isTyped = c.isAt(1, '<') || c.isAt(1, '<>')
  const type = isTyped ? parseStructType(c) : undefined
  if (!isTyped) c.expect('STRUCT')
  if (c.is('{')) return braces(type, start)
  c.expect('(')
  const fields = c.is(')') ? [] : c.list(parseStructField)
  c.expect(')')
  return { kind: 'StructConstructor', type, fields, at: c.span(start) }
}

function parseStructField(c: Cursor): StructField {
  const { start } = c
  const value = c.expression()
  return { kind: 'StructField', value, alias: parseAsAlias(c), at: c.span(start) }
}

export function parseCase(c: Cursor): Case {
  const { start } = c
  c.expect('CASE')
  const operand = c.is('WHEN') ? undefined : c.expression()
  const branches = [parseBranch(c)]
  while (c.is('WHEN')) branches.push(parseBranch(c))
  const otherwise = c.take('ELSE') ? c.expression() : undefined
  c.expect('END', 'CASE is closed by END.')
  return { kind: 'Case', operand, branches, otherwise, at: c.span(start) }
}

function parseBranch(c: Cursor): CaseBranch {
  const { start } = c
  c.expect('WHEN')
  const when = c.expression()
  c.expect('THEN')
  return { kind: 'CaseBranch', when, result: c.expression(), at: c.span(start) }
}

/** `WITH(name AS value, …, result)` */
export function parseWithExpression(c: Cursor): WithExpression {
  const { start } = c
  c.expectAll('WITH', '(')
  const bindings: WithBinding[] = []
  while (c.isIdentifier() && c.isAt(1, 'AS')) {
    bindings.push(parseBinding(c))
    c.expect(',', 'WITH(…) ends with the expression that is its result.')
  }
  if (bindings.length === 0) throw c.failure('name AS value')
  const result = c.expression()
  c.expect(')')
  return { kind: 'WithExpression', bindings, result, at: c.span(start) }
}

function parseBinding(c: Cursor): WithBinding {
  const { start } = c
  const name = c.identifier()
  c.expect('AS')
  return { kind: 'WithBinding', name, value: c.expression(), at: c.span(start) }
}
