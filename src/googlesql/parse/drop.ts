import { type Drop, type DropRowAccessPolicy, type ObjectType, objectTypes, type Undrop } from '../ast/alteration.ts'
import type { TokenText } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseIfExists, parseIfNotExists } from './definition-clauses.ts'
import { parseOptions, parseTablePath } from './names.ts'
import { parseParameters } from './parameters.ts'
import { parseSystemTime } from './table.ts'

type ObjectWords = { readonly type: ObjectType; readonly words: readonly [TokenText, ...TokenText[]] }

/** Kinds of two words come before the kinds that their first words are. */
const objectWords: readonly ObjectWords[] = objectTypes
  .map(type => ({ type, words: type.split(' ') as unknown as ObjectWords['words'] }))
  .sort((a, b) => b.words.length - a.words.length)

export function takeObjectType(c: Cursor): ObjectType | undefined {
  const found = objectWords.find(({ words }) => words.every((word, index) => c.isAt(index, word)))
  if (found === undefined) return undefined
  for (const _ of found.words) c.advance()
  return found.type
}

export function expectObjectType(c: Cursor): ObjectType {
  const type = takeObjectType(c)
  if (type === undefined) throw c.failure('an object such as TABLE, VIEW, FUNCTION, PROCEDURE, MODEL or SCHEMA')
  return type
}

export function parseDrop(c: Cursor): Drop | DropRowAccessPolicy {
  const { start } = c
  c.expect('DROP')
  if (c.is('ROW')) return parseDropRowAccessPolicy(c, start)
  if (c.is('ALL')) return parseDropAllPolicies(c, start)
  const object = expectObjectType(c)
  const ifExists = parseIfExists(c)
  const name = parseTablePath(c, 'a name')
  const hasSignature = object === 'FUNCTION' || object === 'AGGREGATE FUNCTION'
  const parameters = hasSignature && c.is('(') ? parseParameters(c, 'function') : undefined
  const on = object.endsWith('INDEX') && c.take('ON') ? parseTablePath(c) : undefined
  const mode = object.endsWith('SCHEMA') ? c.takeAny(['CASCADE', 'RESTRICT']) : undefined
  return { kind: 'Drop', object, ifExists, name, parameters, on, mode, at: c.span(start) }
}

function parseDropRowAccessPolicy(c: Cursor, start: number): DropRowAccessPolicy {
  c.expect('ROW')
  c.take('ACCESS')
  c.expect('POLICY')
  const ifExists = parseIfExists(c)
  const name = c.identifier('the name of a policy')
  c.expect('ON')
  return { kind: 'DropRowAccessPolicy', ifExists, name, table: parseTablePath(c), at: c.span(start) }
}

function parseDropAllPolicies(c: Cursor, start: number): DropRowAccessPolicy {
  const table = parseAllPolicies(c)
  return { kind: 'DropRowAccessPolicy', ifExists: false, name: undefined, table, at: c.span(start) }
}

/** `ALL ROW [ACCESS] POLICIES ON table` */
export function parseAllPolicies(c: Cursor): DropRowAccessPolicy['table'] {
  c.expectAll('ALL', 'ROW')
  c.take('ACCESS')
  c.expectAll('POLICIES', 'ON')
  return parseTablePath(c)
}

export function parseUndrop(c: Cursor): Undrop {
  const { start } = c
  c.expect('UNDROP')
  const object = expectObjectType(c)
  const ifNotExists = parseIfNotExists(c)
  const name = parseTablePath(c, 'a name')
  const systemTime = parseSystemTime(c)
  return { kind: 'Undrop', object, ifNotExists, name, systemTime, options: parseOptions(c), at: c.span(start) }
}
