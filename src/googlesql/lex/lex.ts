import { SyntaxFailure } from '../syntax-failure.ts'
import { keywordOf } from './keywords.ts'
import { type QuotedSpan, quotedSpan } from './quotes.ts'
import { type Symbol, symbols, type Tokens, type TokenText, type TokenType, tokenType } from './tokens.ts'

const character = { other: 0, space: 1, letter: 2, digit: 3, quote: 4, backtick: 5 } as const

const classes = new Uint8Array(128)
for (const space of ' \t\n\r') classes[space.charCodeAt(0)] = character.space
for (let code = 48; code <= 57; code++) classes[code] = character.digit
for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] = character.letter
classes['_'.charCodeAt(0)] = character.letter
classes['"'.charCodeAt(0)] = classes["'".charCodeAt(0)] = character.quote
classes['`'.charCodeAt(0)] = character.backtick

const symbolsByFirst: readonly (readonly Symbol[])[] = Array.from({ length: 128 }, (_, code) =>
  symbols.filter(symbol => symbol.charCodeAt(0) === code),
)

const number = /0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y

class Lexer {
  readonly source: string
  readonly types: TokenType[] = []
  readonly texts: TokenText[] = []
  readonly starts: number[] = []
  readonly ends: number[] = []
  at = 0

  constructor(source: string) {
    this.source = source
  }

  push(type: TokenType, text: TokenText, end: number): void {
    this.types.push(type)
    this.texts.push(text)
    this.starts.push(this.at)
    this.ends.push(end)
    this.at = end
  }

  classAt(at: number): number {
    return classes[this.source.charCodeAt(at)] ?? character.other
  }

  /** A dot that continues a path: what follows it is a name, even when it is a keyword or begins with a digit. */
  afterPathDot(): boolean {
    const last = this.texts.length - 1
    return this.texts[last] === '.'
  }

  /** Whether a dot here continues what stands before it, rather than beginning a number. */
  afterOperand(): boolean {
    const last = this.types.length - 1
    const type = this.types[last]
    if (type === undefined) return false
    if (type <= tokenType.quoted) return true
    return this.texts[last] === ')' || this.texts[last] === ']' || this.texts[last] === '?'
  }
}

/** Cuts a text into tokens; comments and white space are dropped. */
export function lex(source: string): Tokens {
  const lexer = new Lexer(source)
  while (lexer.at < source.length) {
    switch (lexer.classAt(lexer.at)) {
      case character.space:
        lexer.at++
        break
      case character.letter:
        lexWord(lexer)
        break
      case character.digit:
        if (lexer.afterPathDot()) lexWord(lexer)
        else lexNumber(lexer)
        break
      case character.quote:
        lexQuoted(lexer, lexer.at)
        break
      case character.backtick:
        lexBacktick(lexer)
        break
      default:
        lexOther(lexer)
    }
  }
  lexer.push(tokenType.end, '', source.length)
  return lexer
}

function lexWord(lexer: Lexer): void {
  const { source, at } = lexer
  let end = at + 1
  for (
    let kind = lexer.classAt(end);
    kind === character.letter || kind === character.digit;
    kind = lexer.classAt(end)
  ) {
    end++
  }
  const text = source.slice(at, end)
  if (end - at <= 2 && lexer.classAt(end) === character.quote && /^(?:r|b|rb|br)$/i.test(text)) {
    lexQuoted(lexer, end)
    return
  }
  const last = lexer.texts[lexer.texts.length - 1]
  const entry = last === '.' || last === '@' || last === '@@' ? undefined : keywordOf(text)
  if (entry === undefined) lexer.push(tokenType.identifier, '', end)
  else lexer.push(entry.reserved ? tokenType.reserved : tokenType.word, entry.word, end)
}

function lexNumber(lexer: Lexer): void {
  number.lastIndex = lexer.at
  const text = number.exec(lexer.source)?.[0] ?? ''
  const isInteger = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/.test(text)
  lexer.push(isInteger ? tokenType.integer : tokenType.float, '', lexer.at + text.length)
}

function lexQuoted(lexer: Lexer, quoteAt: number): void {
  const span = quotedSpan(lexer.source, lexer.at, quoteAt)
  if (span === undefined)
    throw unclosed(lexer, 'a closing quote', 'Close the string; only triple quotes may span lines.')
  lexer.push(span.bytes ? tokenType.bytes : tokenType.string, '', span.end)
}

function lexBacktick(lexer: Lexer): void {
  const span: QuotedSpan | undefined = quotedBacktick(lexer)
  if (span === undefined) throw unclosed(lexer, 'a closing backtick', 'Close the quoted identifier on its own line.')
  if (span.to === span.from)
    throw new SyntaxFailure(lexer.source, lexer.at, { expected: 'a name', found: 'empty backticks' })
  lexer.push(tokenType.quoted, '', span.end)
}

function quotedBacktick({ source, at }: Lexer): QuotedSpan | undefined {
  let to = at + 1
  for (let code = source.charCodeAt(to); code !== 96; code = source.charCodeAt(++to)) {
    if (code === 92) to++
    if (to >= source.length || code === 10 || code === 13) return undefined
  }
  return { raw: false, bytes: false, from: at + 1, to, end: to + 1 }
}

function lexOther(lexer: Lexer): void {
  const { source, at } = lexer
  if (skipComment(lexer)) return
  if (source[at] === '.' && lexer.classAt(at + 1) === character.digit && !lexer.afterOperand()) {
    lexNumber(lexer)
    return
  }
  const symbol = symbolsByFirst[source.charCodeAt(at)]?.find(candidate => source.startsWith(candidate, at))
  if (symbol === undefined) {
    const found = `the character ${JSON.stringify(String.fromCodePoint(source.codePointAt(at) ?? 0))}`
    throw new SyntaxFailure(source, at, { expected: '', found, hint: 'Quote names and values that need it.' })
  }
  lexer.push(tokenType.symbol, symbol, at + symbol.length)
}

function skipComment(lexer: Lexer): boolean {
  const { source, at } = lexer
  if (source[at] === '#' || (source[at] === '-' && source[at + 1] === '-')) {
    const end = source.indexOf('\n', at)
    lexer.at = end < 0 ? source.length : end + 1
    return true
  }
  if (source[at] !== '/' || source[at + 1] !== '*') return false
  const end = source.indexOf('*/', at + 2)
  if (end < 0) throw unclosed(lexer, '*/', 'Close the comment.')
  lexer.at = end + 2
  return true
}

function unclosed(lexer: Lexer, expected: string, hint: string): SyntaxFailure {
  return new SyntaxFailure(lexer.source, lexer.at, { expected, found: 'end of line or text', hint })
}
