import type { Expression } from '../ast/expression.ts'
import type { Hint, HintEntry, Hinted } from '../ast/foreign.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { parseOptionName } from './names.ts'

export function startsHint(c: Cursor, ahead = 0): boolean {
  return c.isAt(ahead, '@') && (c.isAt(ahead + 1, '{') || c.typeAt(ahead + 1) === tokenType.integer)
}

/** `@5`, `@{name = value, …}` or `@5 @{…}`, to be spread into the node that it is a hint to. */
export function parseHint(c: Cursor): Hinted {
  return startsHint(c) ? { hint: readHint(c) } : noHint
}

const noHint: Hinted = {}

/** `ORDER [hint] BY`, `PARTITION [hint] BY`: undefined where they do not stand here. */
export function takeBy(c: Cursor, word: 'ORDER' | 'PARTITION'): Hinted | undefined {
  if (c.takeAll(word, 'BY')) return noHint
  if (!c.is(word) || !startsHint(c, 1)) return undefined
  c.advance()
  const hinted = parseHint(c)
  c.expect('BY')
  return hinted
}

export function readHint(c: Cursor): Hint {
  const { start } = c
  c.lacks('hint', start)
  const shards = c.isAt(1, '{') ? undefined : parseShards(c)
  const entries = c.are('@', '{') ? parseEntries(c) : []
  return { kind: 'Hint', shards, entries, at: c.span(start) }
}

function parseShards(c: Cursor): Expression {
  c.expect('@')
  const { start, source: text } = c
  c.advance()
  return { kind: 'IntegerLiteral', text, at: c.span(start) }
}

function parseEntries(c: Cursor): readonly HintEntry[] {
  c.expectAll('@', '{')
  const entries = c.list(parseEntry)
  c.expect('}')
  return entries
}

function parseEntry(c: Cursor): HintEntry {
  const { start } = c
  const first = parseOptionName(c, 'the name of a hint')
  const second = c.take('.') ? c.takeName() : undefined
  c.expect('=')
  const names = second === undefined ? { engine: undefined, name: first } : { engine: first, name: second }
  return { kind: 'HintEntry', ...names, value: c.expression(), at: c.span(start) }
}
