import type { FunctionType, MapType } from '../ast/foreign.ts'
import type { Path } from '../ast/name.ts'
import type { ArrayType, NamedType, RangeType, StructType, StructTypeField, Type, TypeParameter } from '../ast/type.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseTextOrParameter } from './literal-or-parameter.ts'
import { parsePath, pathAfter } from './names.ts'

export function parseType(c: Cursor): Type {
  return c.nested(readType)
}

function readType(c: Cursor): Type {
  if (c.are('ARRAY', '<')) return parseArrayType(c)
  if (c.are('STRUCT', '<') || c.are('STRUCT', '<>')) return parseStructType(c)
  if (c.are('RANGE', '<')) return parseRangeType(c)
  if (c.are('FUNCTION', '<')) return parseFunctionType(c)
  if (c.are('MAP', '<')) return parseMapType(c)
  return parseNamedType(c)
}

export function parseArrayType(c: Cursor): ArrayType {
  const { start } = c
  c.expectAll('ARRAY', '<')
  const element = c.dataType()
  c.expect('>')
  return { kind: 'ArrayType', element, at: c.span(start) }
}

export function parseRangeType(c: Cursor): RangeType {
  const { start } = c
  c.expectAll('RANGE', '<')
  const element = c.dataType()
  c.expect('>')
  return { kind: 'RangeType', element, at: c.span(start) }
}

export function parseStructType(c: Cursor): StructType {
  const { start } = c
  c.expect('STRUCT')
  if (c.take('<>')) return { kind: 'StructType', fields: [], at: c.span(start) }
  c.expect('<')
  const fields = c.is('>') ? [] : c.list(parseStructField)
  c.expect('>')
  return { kind: 'StructType', fields, at: c.span(start) }
}

function parseStructField(c: Cursor): StructTypeField {
  const { start } = c
  const name = isFieldName(c) ? c.identifier() : undefined
  return { kind: 'StructTypeField', name, type: c.dataType(), at: c.span(start) }
}

/** `FUNCTION<INT64 -> BOOL>`, `FUNCTION<(INT64, STRING) -> BOOL>` */
function parseFunctionType(c: Cursor): FunctionType {
  const { start } = c
  c.lacks('functionType', start)
  c.expectAll('FUNCTION', '<')
  const parameters = c.is('(') ? parseFunctionParameters(c) : [c.dataType()]
  c.expect('->')
  const returns = c.dataType()
  c.expect('>')
  return { kind: 'FunctionType', parameters, returns, at: c.span(start) }
}

/** `MAP<STRING, INT64>` */
function parseMapType(c: Cursor): MapType {
  const { start } = c
  c.lacks('mapType', start)
  c.expectAll('MAP', '<')
  const key = c.dataType()
  c.expect(',')
  const value = c.dataType()
  c.expect('>')
  return { kind: 'MapType', key, value, at: c.span(start) }
}

function parseFunctionParameters(c: Cursor): FunctionType['parameters'] {
  c.expect('(')
  const parameters = c.is(')') ? [] : c.list(item => item.dataType())
  c.expect(')')
  return parameters
}

/** A field is named when its first word is followed by what can begin a type. */
export function isFieldName(c: Cursor): boolean {
  if (!c.isIdentifier()) return false
  return c.isIdentifier(1) || typeStarts.some(start => c.isAt(1, start))
}
const typeStarts = ['ARRAY', 'STRUCT', 'RANGE', 'INTERVAL'] as const

export function parseNamedType(c: Cursor): NamedType {
  const { start } = c
  const name = c.is('INTERVAL') ? upperCase(pathAfter(c, c.takeName())) : upperCase(parsePath(c, 'a type'))
  const parameters = c.is('(') ? c.parenthesized(parseTypeParameter) : []
  const collate = c.take('COLLATE') ? parseCollation(c) : undefined
  return { kind: 'NamedType', name, parameters, collate, at: c.span(start) }
}

function parseCollation(c: Cursor): NamedType['collate'] {
  const { start } = c
  const collation = parseTextOrParameter(c)
  if (collation.kind !== 'StringLiteral') c.lacks('collation', start)
  return collation
}

/** Built-in types have one name, which no case tells apart. */
function upperCase(path: Path): Path {
  const [name, ...more] = path.parts
  return more.length > 0 ? path : { ...path, parts: [{ ...name, text: name.text.toUpperCase() }] }
}

/** A type by its name alone. */
export function parseTypeName(c: Cursor): NamedType {
  const { start } = c
  return { kind: 'NamedType', name: parsePath(c, 'a type'), parameters: [], collate: undefined, at: c.span(start) }
}

function parseTypeParameter(c: Cursor): TypeParameter {
  const { start } = c
  if (c.type === tokenType.float) c.lacks('typeParameter', start)
  else if (c.type !== tokenType.integer && !c.is('MAX')) throw c.failure('an integer or MAX')
  const text = c.source.toUpperCase()
  c.advance()
  return { kind: 'TypeParameter', text, at: c.span(start) }
}
