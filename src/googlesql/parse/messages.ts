import type { Expression } from '../ast/expression.ts'
import type {
  BracedConstructor,
  BracedField,
  ExtensionAccess,
  NewArgument,
  NewConstructor,
  ReplacedField,
} from '../ast/foreign.ts'
import type { NamedType, StructType } from '../ast/type.ts'
import type { Cursor } from './cursor.ts'
import { parsePath } from './names.ts'
import { parseTypeName } from './types.ts'

/** `NEW type(…)`, `NEW type {…}` */
export function parseNew(c: Cursor): NewConstructor | BracedConstructor {
  const { start } = c
  c.lacks('message', start)
  c.expect('NEW')
  const type = parseTypeName(c)
  if (c.is('{')) return parseBraces(c, { of: 'NEW', type }, start)
  c.expect('(')
  const args = c.is(')') ? [] : c.list(parseNewArgument)
  c.expect(')')
  return { kind: 'NewConstructor', type, args, at: c.span(start) }
}

function parseNewArgument(c: Cursor): NewArgument {
  const { start } = c
  const value = c.expression()
  const named = c.take('AS')
  const extension = named && c.is('(') ? parseExtension(c) : undefined
  const alias = named && extension === undefined ? c.identifier('the name of a field') : undefined
  return { kind: 'NewArgument', value, alias, extension, at: c.span(start) }
}

/** `(a.b.c)` */
export function parseExtension(c: Cursor): ExtensionAccess['path'] {
  c.expect('(')
  const path = parsePath(c)
  c.expect(')')
  return path
}

type Constructed = { readonly of: BracedConstructor['of']; readonly type: NamedType | StructType | undefined }

/** `{field: value, field {…} …}`; commas may be left out, and one may stand at the end. */
export function parseBraces(c: Cursor, made: Constructed, start: number): BracedConstructor {
  c.lacks('braces', start)
  c.expect('{')
  const fields = c.is('}') ? [] : c.nested(parseFields)
  c.expect('}')
  return { kind: 'BracedConstructor', ...made, fields, at: c.span(start) }
}

function parseFields(c: Cursor): readonly BracedField[] {
  const fields = [parseField(c)]
  while (!c.is('}')) {
    if (c.take(',') && c.is('}')) break
    fields.push(parseField(c))
  }
  return fields
}

function parseField(c: Cursor): BracedField {
  const { start } = c
  const field = parseFieldPath(c)
  const update = c.takeAny(['*', '?'])
  const at = c.start
  const value = c.take(':') ? c.expression() : parseBraces(c, { of: undefined, type: undefined }, at)
  return { kind: 'BracedField', field, update, value, at: c.span(start) }
}

/** `value AS field` */
export function parseReplacedField(c: Cursor): ReplacedField {
  const { start } = c
  const value = c.expression()
  c.expect('AS')
  c.lacks('replacedField', c.start)
  return { kind: 'ReplacedField', value, field: parseFieldPath(c), at: c.span(start) }
}

/** `a.b`, `(a.b.extension).c`, `a[0].(b)` */
function parseFieldPath(c: Cursor): Expression {
  return c.productions.postfix(c, parseFieldName(c))
}

function parseFieldName(c: Cursor): Expression {
  const { start } = c
  if (c.is('(')) return { kind: 'ExtensionAccess', target: undefined, path: parseExtension(c), at: c.span(start) }
  const { parts, at } = parsePath(c, 'the name of a field')
  return { kind: 'PathExpression', parts, at }
}
