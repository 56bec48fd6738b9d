import type { Accessor, ElementAccess, Expression, PathExpression } from '../ast/expression.ts'
import type { Path } from '../ast/name.ts'
import { tokenType } from '../lex/tokens.ts'
import { parseCall, parseChainedCall } from './calls.ts'
import {
  parseArray,
  parseArraySubquery,
  parseCase,
  parseExists,
  parseStruct,
  parseWithExpression,
} from './constructors.ts'
import { parseCast, parseExtract, parseInterval, parseRangeLiteral } from './conversions.ts'
import { type Cursor, maxNesting } from './cursor.ts'
import { parseLiteral } from './literals.ts'
import { parseBraces, parseNew } from './messages.ts'
import { isNameAfterDot, pathAfter } from './names.ts'
import { parseParenthesis } from './parentheses.ts'

/** An expression without operators and without what may be attached behind it. */
export function parsePrimary(c: Cursor): Expression {
  const literal = parseLiteral(c)
  if (literal !== undefined) return literal
  if (c.type <= tokenType.quoted) {
    return c.is('SAFE_CAST') && c.isAt(1, '(') ? parseCast(c) : parsePathOrCall(c)
  }
  return c.type === tokenType.reserved ? parseReserved(c) : parseSymbol(c)
}

function parseSymbol(c: Cursor): Expression {
  const { start } = c
  if (c.is('(')) return parseParenthesis(c)
  if (c.is('[')) return parseArray(c)
  if (c.is('{')) return parseBraces(c, { of: undefined, type: undefined }, start)
  if (c.take('?')) return { kind: 'PositionalParameter', at: c.span(start) }
  if (c.take('@')) return { kind: 'NamedParameter', name: c.takeNameOf('a parameter').text, at: c.span(start) }
  if (c.take('@@')) {
    const { parts } = pathAfter(c, c.takeNameOf('a variable'))
    return { kind: 'SystemVariable', parts, at: c.span(start) }
  }
  throw c.failure('an expression')
}

function parseReserved(c: Cursor): Expression {
  const { start } = c
  switch (c.text) {
    case 'NULL':
      c.advance()
      return { kind: 'NullLiteral', at: c.span(start) }
    case 'TRUE':
    case 'FALSE':
      return { kind: 'BooleanLiteral', value: c.expectAny(['TRUE', 'FALSE']) === 'TRUE', at: c.span(start) }
    case 'CASE':
      return parseCase(c)
    case 'CAST':
      return parseCast(c)
    case 'EXTRACT':
      return parseExtract(c)
    case 'INTERVAL':
      return parseInterval(c)
    case 'ARRAY':
      return c.isAt(1, '(') ? parseArraySubquery(c) : parseArray(c)
    case 'STRUCT':
      return parseStruct(c, (type, start) => parseBraces(c, { of: 'STRUCT', type }, start))
    case 'EXISTS':
      return parseExists(c)
    case 'WITH':
      return parseWithExpression(c)
    case 'NEW':
      return parseNew(c)
    case 'RANGE':
      return c.isAt(1, '<') ? parseRangeLiteral(c) : parseKeywordCall(c)
    case 'IF':
    case 'LEFT':
    case 'RIGHT':
    case 'GROUPING':
    case 'COLLATE':
      return parseKeywordCall(c)
    default:
      throw c.failure('an expression', reservedHint(c))
  }
}

function reservedHint(c: Cursor): string {
  if (c.is('SELECT') || c.is('FROM')) return 'A query inside an expression needs parentheses.'
  return `${c.text} is a reserved word; as a name it needs backticks: \`${c.source}\`.`
}

/** IF(…), LEFT(…) and the other functions whose names are reserved words. */
function parseKeywordCall(c: Cursor): Expression {
  const { start } = c
  if (!c.isAt(1, '(')) throw c.failure('an expression', reservedHint(c))
  const name = c.takeName()
  return parseCall(c, { kind: 'Path', parts: [name], at: name.at }, undefined, start)
}

function parsePathOrCall(c: Cursor): Expression {
  const { start } = c
  const first = c.takeNameOf('a name')
  const path = c.is('.') ? pathAfter(c, first) : undefined
  if (c.is('(')) return parseCall(c, path ?? { kind: 'Path', parts: [first], at: first.at }, undefined, start)
  const expression: PathExpression = { kind: 'PathExpression', parts: path?.parts ?? [first], at: path?.at ?? first.at }
  return expression
}

/** Everything attached behind an operand: fields, elements and chained calls. */
export function parsePostfix(c: Cursor, operand: Expression): Expression {
  let target = operand
  for (let links = 0; c.is('.') || c.is('['); links++) {
    if (links > maxNesting) throw c.failure(`at most ${maxNesting} accesses in a row`)
    if (c.is('[')) target = parseElement(c, target)
    else if (c.isAt(1, '(')) target = parseChainedCall(c, target)
    else if (isFieldAfterDot(c)) target = parseField(c, target)
    else break
  }
  return target
}

function isFieldAfterDot(c: Cursor): boolean {
  if (c.isAt(1, '*')) return false
  if (isNameAfterDot(c)) return true
  c.advance()
  throw c.failure('a field name')
}

function parseField(c: Cursor, target: Expression): Expression {
  const { start } = target.at
  c.expect('.')
  const field = c.takeName()
  const isNumber = target.kind === 'IntegerLiteral' || target.kind === 'FloatLiteral'
  if (c.is('(') && isNumber && c.tokens.source[start] !== '(') throw c.failure('parentheses around the number')
  if (!c.is('(')) return { kind: 'FieldAccess', target, field, at: c.span(start) }
  const name: Path = { kind: 'Path', parts: [field], at: field.at }
  return parseCall(c, name, target, start)
}

const accessors: Readonly<Record<string, Accessor>> = {
  OFFSET: 'OFFSET',
  ORDINAL: 'ORDINAL',
  SAFE_OFFSET: 'SAFE_OFFSET',
  SAFE_ORDINAL: 'SAFE_ORDINAL',
  KEY: 'KEY',
  SAFE_KEY: 'SAFE_KEY',
}

function parseElement(c: Cursor, target: Expression): ElementAccess {
  c.expect('[')
  const accessor = c.isAt(1, '(') ? accessors[c.text] : undefined
  if (accessor !== undefined) {
    c.advance()
    c.expect('(')
  }
  const index = c.expression()
  if (accessor !== undefined) c.expect(')')
  c.expect(']')
  return { kind: 'ElementAccess', target, accessor, index, at: c.span(target.at.start) }
}
