import type { Identifier, Path } from '../ast/name.ts'
import { isReserved } from '../lex/keywords.ts'

const escapedInName = /[\\`\x00-\x1f\x7f]/

/** A name in backticks. */
export function quoted({ text }: Identifier): string {
  if (!escapedInName.test(text)) return `\`${text}\``
  return `\`${text.replace(/[\\`]/g, '\\$&').replace(/[\x00-\x1f\x7f]/g, hexEscape)}\``
}

export function quotedPath({ parts }: Pick<Path, 'parts'>): string {
  let text = quoted(parts[0])
  for (let index = 1; index < parts.length; index++) text += `.${quoted(parts[index] as Identifier)}`
  return text
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Functions whose names are reserved words, which in this place need no backticks. */
const callWords: ReadonlySet<string> = new Set(['IF', 'LEFT', 'RIGHT', 'GROUPING', 'COLLATE', 'RANGE', 'INTERVAL'])

/** Words that mean something else to the parser where a function name may stand. */
const claimedWords: ReadonlySet<string> = new Set(['OPTIONS', 'SAFE', 'SAFE_CAST', 'DESCRIPTOR'])

/** A name that stays bare if it was written so: functions, types, options and date parts, which are words of the language. */
export function word(name: Identifier): string {
  if (name.quoted || !plainName.test(name.text)) return quoted(name)
  const upper = name.text.toUpperCase()
  const isFree = (!isReserved(upper) && !claimedWords.has(upper)) || callWords.has(upper)
  return isFree ? name.text : quoted(name)
}

export function wordPath({ parts }: Path): string {
  const [first, ...rest] = parts
  if (rest.length === 0) return word(first)
  // A reserved word names a function only where its parenthesis follows.
  const head = isReserved(first.text) ? quoted(first) : word(first)
  return [head, ...rest.map(wordAfterDot)].join('.')
}

/** Behind a dot no word is reserved. */
export function wordAfterDot(name: Identifier): string {
  return !name.quoted && plainName.test(name.text) ? name.text : quoted(name)
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" }

/** Invisible and direction-changing characters, which must not reach a reader as they are. */
const hidden = /[\u0080-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/g

const plainText = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/

export function stringText(value: string): string {
  if (plainText.test(value)) return `'${value}'`
  const plain = value.replace(/[\n\r\t\\']/g, character => named[character] ?? character)
  const visible = plain.replace(/[\x00-\x1f\x7f]/g, hexEscape)
  const escaped = visible.replace(hidden, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `'${escaped}'`
}

export function bytesText(latin1: string): string {
  const plain = latin1.replace(/[\n\r\t\\']/g, character => named[character] ?? character)
  return `b'${plain.replace(/[^\x20-\x7e]/g, hexEscape)}'`
}
