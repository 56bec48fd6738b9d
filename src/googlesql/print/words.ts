import type { Identifier, Path } from '../ast/name.ts'
import { isReserved } from '../lex/keywords.ts'

/** A name in backticks. */
export function quoted({ text }: Identifier): string {
  return `\`${text.replace(/[\\`]/g, '\\$&').replace(/[\x00-\x1f\x7f]/g, hexEscape)}\``
}

export function quotedPath({ parts }: Path): string {
  return parts.map(quoted).join('.')
}

/** Functions whose names are reserved words, which in this place need no backticks. */
const callWords: ReadonlySet<string> = new Set(['IF', 'LEFT', 'RIGHT', 'GROUPING', 'COLLATE', 'RANGE', 'INTERVAL'])

/** Words that mean something else to the parser where a function name may stand. */
const claimedWords: ReadonlySet<string> = new Set(['OPTIONS', 'SAFE', 'SAFE_CAST', 'DESCRIPTOR'])

/** A name that stays bare if it was written so: functions, types, options and date parts, which are words of the language. */
export function word(name: Identifier): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name.text)
  const upper = name.text.toUpperCase()
  const isFree = (!isReserved(upper) && !claimedWords.has(upper)) || callWords.has(upper)
  return !name.quoted && isPlain && isFree ? name.text : quoted(name)
}

export function wordPath({ parts }: Path): string {
  const [first, ...rest] = parts
  // A reserved word names a function only where its parenthesis follows.
  const head = rest.length > 0 && isReserved(first.text) ? quoted(first) : word(first)
  return [head, ...rest.map(wordAfterDot)].join('.')
}

/** Behind a dot no word is reserved. */
export function wordAfterDot(name: Identifier): string {
  return !name.quoted && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name.text) ? name.text : quoted(name)
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" }

/** Invisible and direction-changing characters, which must not reach a reader as they are. */
const hidden = /[\u0080-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/g

export function stringText(value: string): string {
  const plain = value.replace(/[\n\r\t\\']/g, character => named[character] ?? character)
  const visible = plain.replace(/[\x00-\x1f\x7f]/g, hexEscape)
  const escaped = visible.replace(hidden, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `'${escaped}'`
}

export function bytesText(latin1: string): string {
  const plain = latin1.replace(/[\n\r\t\\']/g, character => named[character] ?? character)
  return `b'${plain.replace(/[^\x20-\x7e]/g, hexEscape)}'`
}
