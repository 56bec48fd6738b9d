import type { Literal, LiteralType, StringLiteral } from '../ast/literal.ts'
import { unescape, utf8AsLatin1 } from '../lex/escapes.ts'
import { quotedSpan } from '../lex/quotes.ts'
import { type TokenText, tokenType } from '../lex/tokens.ts'
import type { Cursor } from './cursor.ts'

const typedPrefixes: ReadonlySet<TokenText> = new Set<LiteralType>([
  'DATE',
  'TIME',
  'DATETIME',
  'TIMESTAMP',
  'NUMERIC',
  'DECIMAL',
  'BIGNUMERIC',
  'BIGDECIMAL',
  'JSON',
])

/** A literal, if one stands here; RANGE literals are the type parser's. */
export function parseLiteral(c: Cursor): Literal | undefined {
  const { start } = c
  switch (c.type) {
    case tokenType.integer:
      return { kind: 'IntegerLiteral', text: normalInteger(takeNumber(c)), at: c.span(start) }
    case tokenType.float:
      return { kind: 'FloatLiteral', text: normalFloat(takeNumber(c)), at: c.span(start) }
    case tokenType.string:
      return parseString(c)
    case tokenType.bytes:
      return { kind: 'BytesLiteral', value: takeQuoted(c, tokenType.bytes), at: c.span(start) }
    case tokenType.word:
      return parseTyped(c)
    default:
      return undefined
  }
}

export function parseString(c: Cursor): StringLiteral {
  const { start } = c
  if (c.type !== tokenType.string) throw c.failure('a string literal')
  return { kind: 'StringLiteral', value: takeQuoted(c, tokenType.string), at: c.span(start) }
}

function parseTyped(c: Cursor): Literal | undefined {
  if (c.typeAt(1) !== tokenType.string || !isLiteralType(c.text)) return undefined
  const { start, text: type } = c
  c.advance()
  return { kind: 'TypedLiteral', type, value: takeQuoted(c, tokenType.string), at: c.span(start) }
}

function isLiteralType(text: TokenText): text is LiteralType {
  return typedPrefixes.has(text)
}

/** `1a` is not `1 AS a`: a number ends before a space or a symbol. */
export function takeNumber(c: Cursor): string {
  const text = c.source
  const { end } = c
  c.advance()
  const isAttached = c.start === end && c.type !== tokenType.quoted && c.type <= tokenType.bytes
  if (isAttached && !text.endsWith('.')) throw c.failure('a space after the number')
  return text
}

function normalInteger(text: string): string {
  if (/^0x/i.test(text)) return `0x${text.slice(2).toUpperCase()}`
  return text.replace(/^0+(?=[0-9])/, '')
}

function normalFloat(text: string): string {
  const [mantissa = '', exponent] = text.toUpperCase().split('E')
  const [whole = '', fraction] = mantissa.split('.')
  const point = fraction === undefined ? '' : `.${fraction === '' ? '0' : fraction}`
  return `${whole === '' ? '0' : whole}${point}${exponent === undefined ? '' : `E${exponent}`}`
}

/** Literals that stand side by side are one; they need white space between them. */
function takeQuoted(c: Cursor, type: typeof tokenType.string | typeof tokenType.bytes): string {
  let value = takeOne(c)
  while (c.type === type) {
    if (c.start === c.span(0).end) throw c.failure('white space between two literals')
    value += takeOne(c)
  }
  return value
}

function takeOne(c: Cursor): string {
  const { source } = c.tokens
  const span = quotedSpan(source, c.start, c.start + c.source.search(/["']/))
  if (span === undefined) throw c.failure('a closed literal')
  c.advance()
  const content = source.slice(span.from, span.to).replaceAll('\r\n', '\n')
  if (!span.raw && content.includes('\\')) {
    const unescaped = unescape(span.bytes ? utf8AsLatin1(content) : content, span.bytes)
    if ('value' in unescaped) return unescaped.value
    const offset = span.from + unescaped.bad.index
    throw c.failureAt(offset, 'an escape sequence', unescaped.bad.text, 'Write a backslash as \\\\ or use r"…".')
  }
  return span.bytes ? utf8AsLatin1(content) : content
}
