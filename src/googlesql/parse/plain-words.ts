import type { Cursor } from './cursor.ts'

/** Whether a word stands here, or `ahead` of here, that is no keyword anywhere else. */
export function isWord(c: Cursor, word: string, ahead = 0): boolean {
  if (!c.isIdentifier(ahead)) return false
  const { source, starts, ends } = c.tokens
  return source.slice(starts[c.position + ahead], ends[c.position + ahead]).toUpperCase() === word
}

export function takeWord(c: Cursor, word: string): boolean {
  const isHere = isWord(c, word)
  if (isHere) c.advance()
  return isHere
}
