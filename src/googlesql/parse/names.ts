import type { Identifier, OptionEntry, Options, Path } from '../ast/name.ts'
import { tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

/** `a.b.c`; after a dot every word is a name. */
export function parsePath(c: Cursor, expected = 'a name'): Path {
  return pathAfter(c, c.identifier(expected))
}

export function pathAfter(c: Cursor, first: Identifier): Path {
  const parts: [Identifier, ...Identifier[]] = [first]
  while (c.is('.') && isNameAfterDot(c)) {
    c.advance()
    parts.push(c.takeName())
  }
  return { kind: 'Path', parts, at: c.span(first.at.start) }
}

/** After a dot a word has already been cut as an identifier, keyword or not. */
export function isNameAfterDot(c: Cursor): boolean {
  return c.typeAt(1) <= tokenType.quoted
}

/** A table's path, whose first part may hold dashes: `my-project.dataset.table`. */
export function parseTablePath(c: Cursor, expected = 'a table name'): Path {
  const { start, end, tokens } = c
  const isDashed = c.type < tokenType.quoted && c.isAt(1, '-') && tokens.starts[c.position + 1] === end
  if (!isDashed) return parsePath(c, expected)
  dashedWord.lastIndex = start
  const text = dashedWord.exec(tokens.source)?.[0]
  return text === undefined ? parsePath(c, expected) : dashedPath(c, text)
}

const dashedWord = /[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)+/y

/** Reads the first part from the source, because the tokens cut it at its dashes and read `-1.t` as a number and `t`. */
function dashedPath(c: Cursor, text: string): Path {
  const { start } = c
  const end = start + text.length
  while (c.start < end) c.advance()
  const first: Identifier = { kind: 'Identifier', text, quoted: false, at: { start, end } }
  if (c.span(start).end === end) return pathAfter(c, first)
  if (c.span(start).end !== end + 1) throw c.failureAt(end, 'a table name', 'a number', 'Put the path in backticks.')
  const rest = parsePath(c)
  return { kind: 'Path', parts: [first, ...rest.parts], at: c.span(start) }
}

export function parseIdentifiers(c: Cursor): readonly Identifier[] {
  return c.parenthesized(inner => inner.identifier())
}

/** `[AS] alias` */
export function parseAlias(c: Cursor): Identifier | undefined {
  if (c.take('AS')) return c.identifier('an alias')
  return c.isIdentifier() ? c.identifier() : undefined
}

/** `AS alias` */
export function parseAsAlias(c: Cursor): Identifier | undefined {
  return c.take('AS') ? c.identifier('an alias') : undefined
}

/** `(name = value, …)`, after the word OPTIONS. */
export function parseOptionList(c: Cursor): Options {
  const { start } = c
  c.expect('(')
  const entries = c.is(')') ? [] : c.list(parseOption)
  c.expect(')')
  return { kind: 'Options', entries, at: c.span(start) }
}

export function parseOptions(c: Cursor): Options | undefined {
  return c.take('OPTIONS') ? parseOptionList(c) : undefined
}

function parseOption(c: Cursor): OptionEntry {
  const { start } = c
  const name = parseOptionName(c, 'an option')
  const operator = c.expectAny(['=', '+=', '-='])
  return { kind: 'OptionEntry', name, operator, value: parseOptionValue(c), at: c.span(start) }
}

/** An expression, in which PROTO alone is a name. */
function parseOptionValue(c: Cursor): OptionEntry['value'] {
  const isName = c.is('PROTO') && (c.isAt(1, ',') || c.isAt(1, ')'))
  return isName ? { kind: 'PathExpression', parts: [c.takeName()], at: c.span(c.start) } : c.expression()
}

export function parseOptionName(c: Cursor, expected: string): Identifier {
  return isReservedOption(c) ? c.takeName() : c.identifier(expected)
}

/** The reserved words that options may be called by. */
function isReservedOption(c: Cursor): boolean {
  return c.is('PARTITION') || c.is('HASH') || c.is('PROTO')
}
