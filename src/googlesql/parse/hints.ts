import type { Expression } from '../ast/expression.ts'
import type { Hint, HintEntry, Hinted } from '../ast/foreign.ts'
import type { Ordered } from '../ast/grouping.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'
import { takeNumber } from './literals.ts'
import { parseOptionName } from './names.ts'

export function startsHint(c: Cursor, ahead = 0): boolean {
  return c.isAt(ahead, '@') && (c.isAt(ahead + 1, '{') || c.typeAt(ahead + 1) === tokenType.integer)
}

/** `@5`, `@{name = value, …}` or `@5 @{…}`, if one stands here. */
export function parseHint(c: Cursor): Hint | undefined {
  return startsHint(c) ? readHint(c) : undefined
}

/** The node with its hint; without one it is left as it is, because nearly all texts have none. */
export function withHint<N extends object>(node: N, hint: Hint | undefined): N & Hinted {
  return hint === undefined ? node : { ...node, hint }
}

/** The same for the hint inside of ORDER BY. */
export function withOrderHint<N extends Ordered>(node: N, orderHint: Hint | undefined): N {
  return orderHint === undefined ? node : { ...node, orderHint }
}

/** Whether `ORDER BY` or `PARTITION BY` stands here, a hint between its words or not. */
export function startsBy(c: Cursor, word: 'ORDER' | 'PARTITION'): boolean {
  return c.is(word) && (c.isAt(1, 'BY') || startsHint(c, 1))
}

/** Takes the two words, and gives the hint between them. */
export function takeBy(c: Cursor): Hint | undefined {
  c.advance()
  const hint = parseHint(c)
  c.expect('BY')
  return hint
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
  const { start } = c
  return { kind: 'IntegerLiteral', text: takeNumber(c), at: c.span(start) }
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
