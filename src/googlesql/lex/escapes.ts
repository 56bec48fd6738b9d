const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
}

const escape =
  /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|([0-3][0-7]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]?))/g

/** An escape the language does not have, and where it stands in the content. */
export type BadEscape = { readonly index: number; readonly text: string }
export type Unescaped = { readonly value: string } | { readonly bad: BadEscape }

/** Replaces the escapes of a string, an identifier, or (as latin-1) of bytes. */
export function unescape(content: string, bytes: boolean): Unescaped {
  let bad: BadEscape | undefined
  const wrong = (index: number, text: string) => {
    bad ??= { index, text }
    return ''
  }
  const value = content.replace(escape, (text, plain, hex, octal, short, long, _other, index: number) => {
    if (plain !== undefined) return simple[plain] ?? ''
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    const digits = short ?? long
    if (digits === undefined || bytes) return wrong(index, text)
    const point = Number.parseInt(digits, 16)
    const surrogate = point >= 0xd800 && point <= 0xdfff
    return surrogate || point > 0x10ffff ? wrong(index, text) : String.fromCodePoint(point)
  })
  return bad === undefined ? { value } : { bad }
}

/** The UTF-8 form of a text, one character for each byte. */
export function utf8AsLatin1(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text
  return Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('')
}
