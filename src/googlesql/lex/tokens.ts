import type { Keyword } from './keywords.ts'

/** What a token is. `word` is a keyword that may also be an identifier. */
export const tokenType = {
  identifier: 0,
  word: 1,
  quoted: 2,
  reserved: 3,
  integer: 4,
  float: 5,
  string: 6,
  bytes: 7,
  symbol: 8,
  end: 9,
} as const
export type TokenType = (typeof tokenType)[keyof typeof tokenType]

// Longer symbols come first where one begins another. `>>` is two tokens, so that nested type brackets close.
// biome-ignore format: a list of symbols reads best in lines
export const symbols = [
  '+=', '->', '-=', '=>', '!=', '<<', '<=', '<>', '>=', '||', '|>', '@@', '(', ')', '[', ']', '{', '}', ',', ';', '.', '?',
  ':', '~', '^', '&', '%', '$', '!', '+', '-', '*', '/', '=', '<', '>', '|', '@',
] as const
export type Symbol = (typeof symbols)[number]

/** The canonical text of a keyword or symbol; '' for every other token. */
export type TokenText = Keyword | Symbol | ''

/** The tokens of a text as columns, which costs no object for each. The last one is the end. */
export type Tokens = {
  readonly source: string
  readonly types: readonly TokenType[]
  readonly texts: readonly TokenText[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}
