import { type Drop, type DropRowAccessPolicy, type ObjectType, objectTypes, type Undrop } from '../ast/alteration.ts'
import type { Path } from '../ast/name.ts'
import type { TokenText } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseIfExists, parseIfNotExists } from './definition-clauses.ts'
import { parseOptions, parsePath, parseTablePath } from './names.ts'
import { parseParameters } from './parameters.ts'
import { parseSystemTime } from './table.ts'

type ObjectWords = { readonly type: ObjectType; readonly words: readonly [TokenText, ...TokenText[]] }

/** Kinds of two words come before the kinds that their first words are. */
const objectWords: readonly ObjectWords[] = objectTypes
  .map(type => ({ type, words: type.split(' ') as unknown as ObjectWords['words'] }))
  .sort((a, b) => b.words.length - a.words.length)

/** Kinds that exist without having been created. */
const unmade: readonly ObjectType[] = ['BI_CAPACITY', 'ORGANIZATION', 'PROJECT']
const droppable = objectTypes.filter(type => !unmade.includes(type))
/** Kinds whose project may hold dashes outside of backticks. */
const dashed: readonly ObjectType[] = ['TABLE', 'EXTERNAL TABLE', 'SNAPSHOT TABLE', 'TABLE FUNCTION']

/** `ON table`, which may follow the name of an index. */
export function parseIndexedTable(c: Cursor, object: ObjectType): Path | undefined {
  const isIndex = object === 'SEARCH INDEX' || object === 'VECTOR INDEX'
  return isIndex && c.take('ON') ? parsePath(c, 'a table name') : undefined
}

export function takeObjectType(c: Cursor): ObjectType | undefined {
  const found = objectWords.find(({ words }) => words.every((word, index) => c.isAt(index, word)))
  if (found === undefined) return undefined
  for (const _ of found.words) c.advance()
  return found.type
}

/** One of the kinds that a statement is for. */
export function expectObjectType(c: Cursor, types: readonly ObjectType[]): ObjectType {
  const { start } = c
  const type = takeObjectType(c)
  if (type === undefined) throw c.failure(types.join(' or '))
  if (!types.includes(type)) throw c.failureAt(start, types.join(' or '), type)
  return type
}

export function parseDrop(c: Cursor): Drop | DropRowAccessPolicy {
  const { start } = c
  c.expect('DROP')
  if (c.is('ROW')) return parseDropRowAccessPolicy(c, start)
  if (c.is('ALL')) return parseDropAllPolicies(c, start)
  const object = expectObjectType(c, droppable)
  const ifExists = parseIfExists(c)
  const name = dashed.includes(object) ? parseTablePath(c, 'a name') : parsePath(c)
  const parameters = object === 'FUNCTION' && c.is('(') ? parseParameters(c, 'function') : undefined
  const on = parseIndexedTable(c, object)
  const mode = object === 'SCHEMA' ? c.takeAny(['CASCADE', 'RESTRICT']) : undefined
  return { kind: 'Drop', object, ifExists, name, parameters, on, mode, at: c.span(start) }
}

function parseDropRowAccessPolicy(c: Cursor, start: number): DropRowAccessPolicy {
  c.expectAll('ROW', 'ACCESS', 'POLICY')
  const ifExists = parseIfExists(c)
  const name = c.identifier('the name of a policy')
  c.expect('ON')
  return { kind: 'DropRowAccessPolicy', ifExists, name, table: parsePath(c, 'a table name'), at: c.span(start) }
}

/** `ALL ROW [ACCESS] POLICIES ON table` */
function parseDropAllPolicies(c: Cursor, start: number): DropRowAccessPolicy {
  c.expectAll('ALL', 'ROW')
  c.take('ACCESS')
  c.expectAll('POLICIES', 'ON')
  const table = parsePath(c, 'a table name')
  return { kind: 'DropRowAccessPolicy', ifExists: false, name: undefined, table, at: c.span(start) }
}

export function parseUndrop(c: Cursor): Undrop {
  const { start } = c
  c.expect('UNDROP')
  const object = expectObjectType(c, ['SCHEMA'])
  const ifNotExists = parseIfNotExists(c)
  const name = parsePath(c)
  const systemTime = parseSystemTime(c)
  return { kind: 'Undrop', object, ifNotExists, name, systemTime, options: parseOptions(c), at: c.span(start) }
}
