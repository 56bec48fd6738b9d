import { placeOf } from '../googlesql/syntax-failure.ts'
import { Failure } from '../model/failure.ts'

/** What no honest client sends, and on which readers of SQL disagree. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/\r(?!\n)/, 'a carriage return without a line feed'],
  [/(?![\t\r\n])\p{Cc}/u, 'a control character'],
  [/\ufeff/, 'a byte order mark'],
  [/(?![\ufeff\u061c\u202a-\u202e\u2066-\u2069])\p{Cf}/u, 'an invisible character'],
  [/[\u061c\u202a-\u202e\u2066-\u2069]/, 'a character that changes the direction of text'],
  [/[\u2028\u2029]/, 'a line separator that is not a line feed'],
  [/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/, 'half a character'],
]

/** Text of which nothing can be refused, as most is. */
const plain = /^[\t\n\x20-\x7e]*$/

/** Refuses text that two readers might split differently, before anything is read. Throws `text_refused`. */
export function screen(text: string): void {
  if (plain.test(text)) return
  for (const [pattern, what] of refused) {
    const found = pattern.exec(text)
    if (found === null) continue
    const { line, column } = placeOf(text, found.index)
    throw new Failure('text_refused', { detail: `There is ${what} at line ${line}, column ${column}.`, line, column })
  }
}
